package org.inpaint4j.spark;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.Inpainter;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;
import org.inpaint4j.image.Mask;

/** Small photos with holes, and what one machine makes of them. */
final class TestPictures {

  static final int SIZE = 40;

  private TestPictures() {}

  /** Waves whose phase is the number of the photo: something to find patches in. */
  static BufferedImage photo(int number) {
    BufferedImage image = new BufferedImage(SIZE, SIZE + number, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < SIZE; x++) {
        int a = (int) (127 + 120 * Math.sin(0.5 * x + number));
        int b = (int) (127 + 120 * Math.cos(0.3 * y - 0.2 * x));
        image.setRGB(x, y, a << 16 | b << 8 | (x * 5 + y) % 256);
      }
    }
    return image;
  }

  /**
   * White where the hole is: a small square and a line. Too thin to hide a face, so that ND4J is
   * not even loaded.
   */
  static BufferedImage mask(int number) {
    BufferedImage image = new BufferedImage(SIZE, SIZE + number, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < SIZE; x++) {
        boolean hole = (x >= 12 && x < 22 && y >= 14 && y < 24) || y == 33;
        image.setRGB(x, y, hole ? 0xffffff : 0);
      }
    }
    return image;
  }

  static byte[] png(BufferedImage image) {
    return bytes(image, PictureFormat.PNG);
  }

  static byte[] bytes(BufferedImage image, PictureFormat format) {
    try {
      return PictureFile.of(image).toBytes(format);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code inpaint fill} writes. */
  static byte[] filled(Inpainter inpainter, byte[] photo, byte[] mask, long seed)
      throws IOException {
    PictureFile file = PictureFile.read(photo);
    Mask hole = Mask.whiteIsHole(PictureFile.read(mask).image());
    return file.withImage(
            inpainter.inpaint(InpaintRequest.of(file.image(), hole).seed(seed)).image())
        .toBytes(PictureFormat.PNG);
  }

  /** Folders {@code photos} and {@code masks} with so many photos, PNG and JPEG in turns. */
  static void write(Path folder, int count) throws IOException {
    Files.createDirectories(folder.resolve("photos"));
    Files.createDirectories(folder.resolve("masks"));
    for (int i = 0; i < count; i++) {
      PictureFormat format = i % 2 == 0 ? PictureFormat.PNG : PictureFormat.JPEG;
      String ending = i % 2 == 0 ? ".png" : ".jpg";
      Files.write(folder.resolve("photos/wave " + i + ending), bytes(photo(i), format));
      Files.write(folder.resolve("masks/wave " + i + ".png"), png(mask(i)));
    }
  }

  static Path photo(Path folder, int i) {
    return folder.resolve("photos/wave " + i + (i % 2 == 0 ? ".png" : ".jpg"));
  }

  static Path mask(Path folder, int i) {
    return folder.resolve("masks/wave " + i + ".png");
  }

  static byte[] filled(Inpainter inpainter, Path folder, int i) throws IOException {
    return filled(
        inpainter, Files.readAllBytes(photo(folder, i)), Files.readAllBytes(mask(folder, i)), 0);
  }

  /** The names of all files of a folder, hidden ones and those of folders too. */
  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
