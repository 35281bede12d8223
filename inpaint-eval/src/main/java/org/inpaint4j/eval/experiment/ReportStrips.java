package org.inpaint4j.eval.experiment;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.metric.ImageMetric;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/** The pictures of a report: the best, the median and the worst image of each method. */
final class ReportStrips {

  /** The colour of holes, which hardly any photo has: a hole is told from what is white in it. */
  private static final int HOLE = 0xFF00C8;

  /** The longest side of a picture on the page. */
  private static final int LARGEST = 200;

  private final TableFolder folder;
  private final TableResults results;

  ReportStrips(TableFolder folder, TableResults results) {
    this.folder = folder;
    this.results = results;
  }

  /** The pictures of one kind of mask. */
  ReportPage.MaskStrips of(MaskSource mask) throws IOException {
    List<ReportPage.StripRow> strips = new ArrayList<>();
    for (TableMethod method : results.methods()) {
      List<ImageRow> rows = new ArrayList<>(results.of(mask, method.name()));
      rows.sort(
          Comparator.comparingDouble((ImageRow row) -> row.bounded(ImageMetric.REFERENCE_L1))
              .thenComparing(ImageRow::image));
      if (!rows.isEmpty()) {
        strips.add(
            new ReportPage.StripRow(
                method.name(),
                List.of(
                    strip(rows.get(0), mask),
                    strip(rows.get(rows.size() / 2), mask),
                    strip(rows.get(rows.size() - 1), mask))));
      }
    }
    return new ReportPage.MaskStrips(mask.name(), strips);
  }

  private ReportPage.Strip strip(ImageRow row, MaskSource generator) throws IOException {
    ImagePlanes truth = results.images().image(row.image());
    String plain = TableImages.plain(row.image());
    Mask mask = generator.maskOf(plain, truth.width(), truth.height(), row.seed());
    Bounds part = Sheets.part(mask);
    BufferedImage known = PictureFiles.toImage(truth.crop(part));
    for (int y = 0; y < known.getHeight(); y++) {
      for (int x = 0; x < known.getWidth(); x++) {
        if (mask.isHole(part.x() + x, part.y() + y)) {
          known.setRGB(x, y, HOLE);
        }
      }
    }
    BufferedImage whole = PictureFiles.toImage(truth.crop(part));
    BufferedImage filled = PictureFiles.toImage(folder.filled(row.key()).crop(part));
    return new ReportPage.Strip(
        List.of(
            picture(whole, row.image() + ", true"),
            picture(known, row.image() + ", known"),
            picture(filled, row.image() + ", filled by " + row.method())),
        String.format(
            Locale.ROOT,
            "%s: l1 %.2f %%, SSIM %.3f, PSNR %.1f dB",
            row.image(),
            row.bounded(ImageMetric.REFERENCE_L1),
            row.bounded(ImageMetric.REFERENCE_SSIM),
            row.bounded(ImageMetric.REFERENCE_PSNR)));
  }

  private static ReportPage.Picture picture(BufferedImage image, String alt) throws IOException {
    byte[] png = PictureFiles.png(reduced(image));
    return new ReportPage.Picture(alt, Base64.getEncoder().encodeToString(png));
  }

  /** The page holds all pictures, so that those of photographs must be small. */
  private static BufferedImage reduced(BufferedImage image) {
    int longest = Math.max(image.getWidth(), image.getHeight());
    if (longest <= LARGEST) {
      return image;
    }
    int width = Math.max(1, image.getWidth() * LARGEST / longest);
    int height = Math.max(1, image.getHeight() * LARGEST / longest);
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }
}
