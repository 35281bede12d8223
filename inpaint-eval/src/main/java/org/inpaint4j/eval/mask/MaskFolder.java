package org.inpaint4j.eval.mask;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.inpaint4j.image.Mask;

/** Masks from files, all read at once: a thousand masks of 512x512 are 32 MB. */
final class MaskFolder implements MaskGenerator {

  private final List<Mask> masks;

  private MaskFolder(List<Mask> masks) {
    this.masks = masks;
  }

  static MaskGenerator read(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(MaskFolder::isPicture).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new IOException("a folder of masks must hold pictures: found none in " + folder);
    }
    List<Mask> masks = new ArrayList<>();
    for (Path file : files) {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image == null) {
        throw new IOException("a mask must be a readable picture: found " + file);
      }
      Mask mask = Mask.whiteIsHole(image);
      int holes = mask.holeCount();
      if (holes == 0 || holes == mask.width() * mask.height()) {
        throw new IOException(
            "a mask must have both hole and known pixels: found " + mask + " in " + file);
      }
      masks.add(mask);
    }
    return new MaskFolder(masks);
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Stream.of(".png", ".jpg", ".jpeg", ".bmp", ".gif").anyMatch(name::endsWith);
  }

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public Mask generate(int width, int height, long seed) {
    Mask mask = masks.get((int) Math.floorMod(seed, (long) masks.size()));
    if (mask.width() == width && mask.height() == height) {
      return mask;
    }
    return Mask.of(
        width,
        height,
        (x, y) ->
            mask.isHole(
                (int) ((2L * x + 1) * mask.width() / (2L * width)),
                (int) ((2L * y + 1) * mask.height() / (2L * height))));
  }

  @Override
  public String toString() {
    return masks.size() + " mask files";
  }
}
