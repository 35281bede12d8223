package org.inpaint4j.eval.experiment;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/**
 * Contact sheets of a table, to look at: for each kind of mask some images, enlarged, each with the
 * truth, the hole and what every method made of it. The file is {@code sheets/KIND.png}, or {@code
 * KIND-1.png} and so on.
 *
 * <p>Of a large image the part around the hole is shown.
 */
final class Sheets {

  /** The colour of holes, which hardly any photo has. */
  private static final int HOLE = 0xFF00C8;

  /** Images up to this many pixels a side are shown whole. */
  private static final int SMALL = 160;

  /** The largest part of a large image that is shown. */
  private static final int WINDOW = 400;

  private static final int MARGIN = 24;

  private final TableFolder folder;
  private final TableResults results;

  Sheets(TableFolder folder, TableResults results) {
    this.folder = folder;
    this.results = results;
  }

  /** Writes the sheets of all kinds, each of so many images. */
  void write(int most) throws IOException {
    for (MaskSource mask : results.masks()) {
      List<SheetPages.Group> groups = new ArrayList<>();
      for (String image : chosen(results.images().names(mask), most)) {
        SheetPages.Group group = group(mask, image);
        if (group.panels().size() > 2) {
          groups.add(group);
        }
      }
      Path sheets = folder.file("sheets");
      Files.createDirectories(sheets);
      List<BufferedImage> pages = SheetPages.draw(groups);
      for (int i = 0; i < pages.size(); i++) {
        String number = pages.size() == 1 ? "" : "-" + (i + 1);
        PictureFiles.write(sheets.resolve(mask.name() + number + ".png"), pages.get(i));
      }
    }
  }

  /** Images that are spread evenly over all. */
  static List<String> chosen(List<String> names, int most) {
    if (names.size() <= most) {
      return names;
    }
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      chosen.add(names.get((int) ((long) i * names.size() / most)));
    }
    return chosen;
  }

  private SheetPages.Group group(MaskSource kind, String image) throws IOException {
    ImagePlanes truth = results.images().image(image);
    String plain = TableImages.plain(image);
    long seed = folder.pictures().seedOf(kind.name(), image);
    Mask mask = kind.maskOf(plain, truth.width(), truth.height(), seed);
    Bounds part = part(mask);
    List<SheetPages.Panel> panels = new ArrayList<>();
    panels.add(new SheetPages.Panel(image, PictureFiles.toImage(truth.crop(part))));
    panels.add(new SheetPages.Panel(kind.name(), holed(truth, mask, part)));
    for (TableMethod method : results.methods()) {
      ImageRow row = results.rows().get(new ImageRow.Key(image, kind.name(), method.name()));
      if (row != null) {
        ImagePlanes filled = folder.filled(row.key()).crop(part);
        panels.add(new SheetPages.Panel(caption(row), PictureFiles.toImage(filled)));
      }
    }
    return new SheetPages.Group(panels);
  }

  private static String caption(ImageRow row) {
    return String.format(
        Locale.ROOT,
        "%s\ndistance %.3f, sharp %.2f, seam %.2f",
        row.method(),
        row.figures().featureDistance(),
        row.figures().sharpness(),
        row.figures().seam());
  }

  /** What is shown: all, or the part around the hole, or the middle of that. */
  static Bounds part(Mask mask) {
    if (Math.max(mask.width(), mask.height()) <= SMALL) {
      return Bounds.of(mask.size());
    }
    Bounds around = mask.holeBounds().orElseThrow().grown(MARGIN, mask.size());
    int width = Math.min(WINDOW, around.width());
    int height = Math.min(WINDOW, around.height());
    return new Bounds(
        around.x() + (around.width() - width) / 2,
        around.y() + (around.height() - height) / 2,
        width,
        height);
  }

  private static BufferedImage holed(ImagePlanes truth, Mask mask, Bounds part) {
    BufferedImage image = PictureFiles.toImage(truth.crop(part));
    for (int y = 0; y < part.height(); y++) {
      for (int x = 0; x < part.width(); x++) {
        if (mask.isHole(part.x() + x, part.y() + y)) {
          image.setRGB(x, y, HOLE);
        }
      }
    }
    return image;
  }
}
