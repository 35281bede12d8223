package org.inpaint4j;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;

/**
 * Pictures side by side, with captions: what the search was given, saw and found.
 *
 * <p>Every panel shows the square of the photo that the model sees.
 */
final class Strip {

  private static final int PANEL = 256;
  private static final int GAP = 8;
  private static final int CAPTION = 24;
  private static final Color PAPER = Color.WHITE;
  private static final Color INK = new Color(0x333333);

  /** Unlike skin, hair and sky; nothing of a photo is taken for it. */
  private static final int HOLE = 0xFF00C8;

  private record Panel(String caption, BufferedImage picture) {}

  private final List<Panel> panels = new ArrayList<>();

  private Strip() {}

  /**
   * The way from a photo to its result.
   *
   * @param task the input. Not modified.
   * @param searches what was searched and found, at least one
   * @param result the filled image. Not modified.
   * @return input, hole, importance weights, G(z) and result, side by side; a row for each search
   */
  static BufferedImage of(
      Inpainter.Task task, List<InpaintResult.Search> searches, BufferedImage result) {
    List<BufferedImage> rows = searches.stream().map(search -> row(task, search, result)).toList();
    BufferedImage first = rows.get(0);
    BufferedImage sheet =
        new BufferedImage(
            first.getWidth(), first.getHeight() * rows.size(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    for (int i = 0; i < rows.size(); i++) {
      graphics.drawImage(rows.get(i), 0, i * first.getHeight(), null);
    }
    graphics.dispose();
    return sheet;
  }

  private static BufferedImage row(
      Inpainter.Task task, InpaintResult.Search search, BufferedImage result) {
    BufferedImage photo = task.image();
    Square region = search.region();
    Strip strip = new Strip();
    strip.add("input", crop(photo, region));
    strip.add("hole", withHole(crop(photo, region), task.mask(), region));
    strip.add("importance weights", importance(search.mask()));
    strip.add("G(z)", search.generated());
    strip.add("result", crop(result, region));
    return strip.draw();
  }

  private void add(String caption, BufferedImage picture) {
    panels.add(new Panel(caption, picture));
  }

  private static BufferedImage crop(BufferedImage image, Square region) {
    return image.getSubimage(region.x(), region.y(), region.size(), region.size());
  }

  private static BufferedImage withHole(BufferedImage square, Mask mask, Square region) {
    BufferedImage copy =
        new BufferedImage(region.size(), region.size(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < region.size(); y++) {
      for (int x = 0; x < region.size(); x++) {
        boolean hole = mask.isHole(region.x() + x, region.y() + y);
        copy.setRGB(x, y, hole ? HOLE : square.getRGB(x, y));
      }
    }
    return copy;
  }

  /** The heaviest pixel is white. */
  private static BufferedImage importance(Mask mask) {
    float[] weights = mask.importanceWeights(Mask.importanceWindow(mask.width()));
    float largest = 0;
    for (float weight : weights) {
      largest = Math.max(largest, weight);
    }
    BufferedImage image =
        new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < weights.length; i++) {
      int gray = largest == 0 ? 0 : Math.round(255 * weights[i] / largest);
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
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      graphics.drawImage(picture, x, GAP, PANEL, PANEL, null);
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
