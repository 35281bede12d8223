package org.inpaint4j.patch;

import com.sun.management.OperatingSystemMXBean;
import java.awt.image.BufferedImage;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;

/** photos masks out patterns... : fills every mask whose name holds a pattern. */
final class Runner {
  private Runner() {}

  public static void main(String[] args) throws Exception {
    Path photos = Path.of(args[0]);
    Path out = Path.of(args[1]);
    Files.createDirectories(out);
    List<File> masks =
        Arrays.stream(photos.resolve("masks").toFile().listFiles())
            .filter(f -> f.getName().matches(args[2]))
            .sorted()
            .toList();
    OperatingSystemMXBean os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    StringBuilder times = new StringBuilder();
    int passes = Integer.getInteger("passes", 1);
    for (int pass = 0; pass < passes; pass++) {
      for (File m : masks) {
        String name = m.getName().replaceAll("dev-(.*)\\.png", "$1");
        BufferedImage photo = ImageIO.read(photos.resolve(name.split("\\.")[0] + ".png").toFile());
        Mask mask = Mask.whiteIsHole(ImageIO.read(m));
        int w = photo.getWidth();
        int h = photo.getHeight();
        float[] s = new float[3 * w * h];
        for (int y = 0, i = 0; y < h; y++) {
          for (int x = 0; x < w; x++, i++) {
            int rgb = photo.getRGB(x, y);
            for (int c = 0; c < 3; c++) {
              s[c * w * h + i] = mask.isHole(x, y) ? 0 : (rgb >> 16 - 8 * c & 255) / 255f;
            }
          }
        }
        long t0 = os.getProcessCpuTime();
        long seed = Integer.getInteger("seed", 0);
        ImagePlanes r =
            new PatchFill()
                .fill(new FillTask(new ImagePlanes(3, new Size(w, h), s), mask, seed, 1, org.inpaint4j.image.FillListener.NONE))
                .get(0)
                .image();
        double cpu = (os.getProcessCpuTime() - t0) / 1e9;
        if (pass == passes - 1) {
          times.append(String.format("%s %.3f%n", name, cpu));
          BufferedImage result = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
          for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
              int v = 0;
              for (int c = 0; c < 3; c++) {
                v = v << 8 | Math.max(0, Math.min(255, Math.round(r.get(c, x, y) * 255)));
              }
              result.setRGB(x, y, mask.isHole(x, y) ? v : photo.getRGB(x, y));
            }
          }
          ImageIO.write(result, "png", out.resolve(name + ".png").toFile());
        }
      }
    }
    Files.writeString(out.resolve("times.txt"), times);
  }
}
