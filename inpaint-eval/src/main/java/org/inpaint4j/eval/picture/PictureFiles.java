package org.inpaint4j.eval.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Internal;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.WholeFile;

/** Between pictures of 8 bits a sample and planes of floats from 0 to 1. */
@Internal
public final class PictureFiles {

  private PictureFiles() {}

  /**
   * The colours of a picture; transparency is ignored.
   *
   * @param image not modified
   * @return [3, H, W] samples from 0 to 1
   */
  public static ImagePlanes toPlanes(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int pixels = width * height;
    int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
    float[] samples = new float[3 * pixels];
    for (int i = 0; i < pixels; i++) {
      samples[i] = (rgb[i] >> 16 & 255) / 255f;
      samples[pixels + i] = (rgb[i] >> 8 & 255) / 255f;
      samples[2 * pixels + i] = (rgb[i] & 255) / 255f;
    }
    return new ImagePlanes(3, new Size(width, height), samples);
  }

  /**
   * The nearest picture of 8 bits a sample.
   *
   * @param planes 1 or 3 channels; samples are clamped to [0, 1]
   * @return a new RGB picture
   */
  public static BufferedImage toImage(ImagePlanes planes) {
    int pixels = planes.width() * planes.height();
    float[] samples = planes.samples();
    int green = planes.channels() == 3 ? pixels : 0;
    int[] rgb = new int[pixels];
    for (int i = 0; i < pixels; i++) {
      rgb[i] =
          level(samples[i]) << 16 | level(samples[green + i]) << 8 | level(samples[2 * green + i]);
    }
    BufferedImage image =
        new BufferedImage(planes.width(), planes.height(), BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, planes.width(), planes.height(), rgb, 0, planes.width());
    return image;
  }

  /**
   * The nearest of 256 levels.
   *
   * @param sample clamped to [0, 1]
   * @return from 0 to 255
   */
  public static int level(float sample) {
    return Math.round(255 * Math.max(0, Math.min(1, sample)));
  }

  /**
   * A PNG file.
   *
   * @param image the picture
   * @return the bytes of the file
   * @throws IOException if there is no writer
   */
  public static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", bytes)) {
      throw new IOException("ImageIO must be able to write PNG: found no writer");
    }
    return bytes.toByteArray();
  }

  /**
   * Writes a PNG file that appears complete or not at all.
   *
   * @param file where to
   * @param image the picture
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, BufferedImage image) throws IOException {
    WholeFile.write(file, out -> out.write(png(image)));
  }

  /**
   * Decodes a picture.
   *
   * @param bytes the file
   * @param name what to call it in messages
   * @return the picture
   * @throws IOException if it is broken, or of no known format
   */
  public static BufferedImage read(byte[] bytes, String name) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
    if (image == null) {
      throw new IOException("an image must be a readable picture: found " + name);
    }
    return image;
  }
}
