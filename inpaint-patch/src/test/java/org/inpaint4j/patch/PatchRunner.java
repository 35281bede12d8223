package org.inpaint4j.patch;

import com.sun.management.OperatingSystemMXBean;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;

/**
 * Fills photographs in a warm process, for {@code inpaint table --peer}: {@code PatchRunner PHOTOS
 * OUT REGEX SEED PASSES [OPTION…]}. PHOTOS has NAME.png and masks/dev-NAME.KIND.png; masks whose
 * file name fits the expression are filled, PASSES times over, and the last time's pictures and
 * processor seconds are kept. Options are {@code norepeats}, {@code mirrored} and {@code all}.
 */
final class PatchRunner {

  private PatchRunner() {}

  public static void main(String[] args) throws IOException {
    Path photos = Path.of(args[0]);
    Path out = Path.of(args[1]);
    Files.createDirectories(out);
    List<Path> masks;
    try (Stream<Path> files = Files.list(photos.resolve("masks"))) {
      masks =
          files.filter(file -> file.getFileName().toString().matches(args[2])).sorted().toList();
    }
    int passes = Integer.parseInt(args[4]);
    List<String> more = List.of(args).subList(5, args.length);
    PatchOptions options =
        PatchOptions.balanced().toBuilder()
            .avoidsRepeats(more.contains("norepeats"))
            .turns(
                more.contains("all")
                    ? SourceTurns.ALL
                    : more.contains("mirrored") ? SourceTurns.MIRRORED : SourceTurns.NONE)
            .build();
    PatchFill filler = PatchFill.of(options);
    StringBuilder times = new StringBuilder();
    for (int pass = 1; pass <= passes; pass++) {
      for (Path file : masks) {
        String name = file.getFileName().toString().replaceAll("dev-(.*)\\.png", "$1");
        String photo = name.substring(0, name.indexOf('.')) + ".png";
        double seconds =
            fill(
                filler,
                photos.resolve(photo),
                file,
                Long.parseLong(args[3]),
                out.resolve(name + ".png"));
        if (pass == passes) {
          times.append(String.format(Locale.ROOT, "%s %.3f%n", name, seconds));
        }
      }
    }
    Files.writeString(out.resolve("times.txt"), times);
  }

  private static double fill(PatchFill filler, Path photo, Path holes, long seed, Path out)
      throws IOException {
    BufferedImage image = ImageIO.read(photo.toFile());
    Mask mask = Mask.whiteIsHole(ImageIO.read(holes.toFile()));
    int w = mask.width();
    int h = mask.height();
    ImagePlanes planes = ImagePlanes.zeros(3, new Size(w, h));
    for (int c = 0, i = 0; c < 3; c++) {
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++, i++) {
          int sample = (image.getRGB(x, y) >> (16 - 8 * c)) & 255;
          planes.samples()[i] = mask.isHole(x, y) ? 0 : sample / 255f;
        }
      }
    }
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long begin = system.getProcessCpuTime();
    FillTask task = new FillTask(planes, mask, seed, 1, FillListener.NONE);
    ImagePlanes filled = filler.fill(task).get(0).image();
    double seconds = (system.getProcessCpuTime() - begin) / 1e9;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          rgb = (rgb << 8) | Math.max(0, Math.min(255, Math.round(filled.get(c, x, y) * 255)));
        }
        if (mask.isHole(x, y)) {
          image.setRGB(x, y, 0xff000000 | rgb);
        }
      }
    }
    ImageIO.write(image, "png", out.toFile());
    return seconds;
  }
}
