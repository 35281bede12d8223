package org.inpaint4j;

import static com.google.common.base.Preconditions.checkState;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Square;
import org.inpaint4j.search.FoundLatent;

/**
 * The way from a photo to its result as one picture: input, hole, importance weights, filling and
 * result, side by side with captions. Every panel shows the part of the photo that the filler saw,
 * upright if it was turned; several parts stand one below the other.
 */
public final class Strip {

  private static final int PANEL = 256;
  private static final int GAP = 8;
  private static final int CAPTION = 24;
  private static final Color PAPER = Color.WHITE;
  private static final Color INK = new Color(0x333333);

  /** Unlike skin, hair and sky; nothing of a photo is taken for it. */
  private static final int HOLE = 0xFF00C8;

  private static final Color OUTSIDE = new Color(0x808080);

  private record Panel(String caption, BufferedImage picture) {}

  private final List<Panel> panels = new ArrayList<>();

  private Strip() {}

  /**
   * Draws the strip of a result.
   *
   * <p>The weights are those of the loss that was minimised; a filling by anything else than a
   * latent search has none, and the panel is left out. The input panel is read from the picture
   * that was given to the inpainter, which has to be unchanged until then.
   *
   * @param result of a request that was not in place
   * @return a new RGB picture, 256 pixels a panel
   * @throws IllegalStateException if there was nothing to fill, or the request was in place
   */
  public static BufferedImage of(InpaintResult result) {
    checkState(
        !result.parts().isEmpty(),
        "a strip must have something to show: found no hole in the image");
    checkState(
        !result.request().isInPlace(), "a strip must have its input: found a request in place");
    List<BufferedImage> rows = result.parts().stream().map(part -> row(result, part)).toList();
    int width = rows.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
    int height = rows.get(0).getHeight();
    BufferedImage sheet =
        new BufferedImage(width, height * rows.size(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, width, sheet.getHeight());
    for (int i = 0; i < rows.size(); i++) {
      graphics.drawImage(rows.get(i), 0, i * height, null);
    }
    graphics.dispose();
    return sheet;
  }

  private static BufferedImage row(InpaintResult result, InpaintResult.Part part) {
    BufferedImage photo = result.request().image();
    View view = new View(part);
    Strip strip = new Strip();
    strip.add("input", view.of(photo));
    strip.add("hole", view.withHole(photo, result.request().mask()));
    if (part.filling() instanceof FoundLatent found) {
      if (!found.pixelWeights().isEmpty()) {
        strip.add("importance weights", weights(found.pixelWeights(), part.mask()));
      }
      strip.add("G(z)", Photo.of(Photo.toImage(found.image())).toRgb());
    } else {
      strip.add("filling", Photo.of(Photo.toImage(part.filling().image())).toRgb());
    }
    strip.add("result", view.of(result.image()));
    return strip.draw();
  }

  private void add(String caption, BufferedImage picture) {
    panels.add(new Panel(caption, picture));
  }

  /** Shows the part of a photo that a filler saw. */
  private record View(InpaintResult.Part part) {

    BufferedImage of(BufferedImage photo) {
      return asItIs()
          ? crop(photo, part.bounds())
          : upright(
              crop(photo, part.bounds()),
              part.square().orElseThrow(),
              part.bounds().x(),
              part.bounds().y());
    }

    BufferedImage withHole(BufferedImage photo, Mask mask) {
      Bounds seen = part.bounds();
      BufferedImage copy = Strip.withHole(crop(photo, seen), mask.crop(seen));
      return asItIs() ? copy : upright(copy, part.square().orElseThrow(), seen.x(), seen.y());
    }

    private boolean asItIs() {
      Optional<Square> square = part.square();
      return square.isEmpty()
          || (square.get().isWhole() && square.get().bounds().equals(part.bounds()));
    }

    private static BufferedImage crop(BufferedImage image, Bounds seen) {
      // Of its own samples: Java would show a gray of 120 as 180.
      BufferedImage part = image.getSubimage(seen.x(), seen.y(), seen.width(), seen.height());
      return Photo.of(part).toRgb();
    }

    /** What a square shows of a picture whose corner is at (x, y) of the photo. */
    private static BufferedImage upright(BufferedImage picture, Square square, int x, int y) {
      BufferedImage view = new BufferedImage(PANEL, PANEL, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = view.createGraphics();
      graphics.setColor(OUTSIDE);
      graphics.fillRect(0, 0, PANEL, PANEL);
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      graphics.scale(PANEL / square.size(), PANEL / square.size());
      graphics.translate(square.size() / 2, square.size() / 2);
      graphics.rotate(-Math.toRadians(square.angle()));
      graphics.translate(-square.centreX(), -square.centreY());
      graphics.drawImage(picture, x, y, null);
      graphics.dispose();
      return view;
    }
  }

  private static BufferedImage withHole(BufferedImage part, Mask mask) {
    BufferedImage copy =
        new BufferedImage(part.getWidth(), part.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < copy.getHeight(); y++) {
      for (int x = 0; x < copy.getWidth(); x++) {
        copy.setRGB(x, y, mask.isHole(x, y) ? HOLE : part.getRGB(x, y));
      }
    }
    return copy;
  }

  /** The heaviest pixel is white. */
  private static BufferedImage weights(List<Float> weights, Mask mask) {
    float largest = 0;
    for (float weight : weights) {
      largest = Math.max(largest, weight);
    }
    BufferedImage image =
        new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < weights.size(); i++) {
      int gray = largest == 0 ? 0 : Math.round(255 * weights.get(i) / largest);
      image.setRGB(i % mask.width(), i / mask.width(), gray * 0x010101);
    }
    return image;
  }

  private BufferedImage draw() {
    int width = panels.size() * (PANEL + GAP) + GAP;
    BufferedImage sheet =
        new BufferedImage(width, PANEL + 2 * GAP + CAPTION, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, width, sheet.getHeight());
    for (int i = 0; i < panels.size(); i++) {
      int x = GAP + i * (PANEL + GAP);
      BufferedImage picture = panels.get(i).picture();
      double scale = (double) PANEL / Math.max(picture.getWidth(), picture.getHeight());
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      graphics.drawImage(
          picture,
          x,
          GAP,
          (int) Math.round(scale * picture.getWidth()),
          (int) Math.round(scale * picture.getHeight()),
          null);
    }
    drawCaptions(graphics);
    graphics.dispose();
    return sheet;
  }

  private void drawCaptions(Graphics2D graphics) {
    try {
      graphics.setColor(INK);
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      for (int i = 0; i < panels.size(); i++) {
        graphics.drawString(panels.get(i).caption(), GAP + i * (PANEL + GAP) + 2, PANEL + 26);
      }
    } catch (LinkageError | InternalError | RuntimeException e) {
      // A JDK without fonts (a headless one in a container, say) fails in one of these ways; the
      // order of the panels is in the documentation, so a strip without captions still serves.
      graphics.setColor(PAPER);
      graphics.fillRect(0, PANEL + GAP, panels.size() * (PANEL + GAP) + GAP, CAPTION);
    }
  }
}
