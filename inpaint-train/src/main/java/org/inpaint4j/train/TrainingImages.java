package org.inpaint4j.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;

/**
 * The images to train on. All are in memory, as bytes, in the size that the network makes.
 *
 * <p>The central square of each image is taken and resized. A gray image in colour has three equal
 * channels; the gray of a colour is 0.299 R + 0.587 G + 0.114 B. Transparency is ignored.
 */
public final class TrainingImages {

  private final int size;
  private final int channels;
  private final List<byte[]> images;
  private final List<String> skipped;
  private final long checksum;

  private TrainingImages(int size, int channels, List<byte[]> images, List<String> skipped) {
    this.size = size;
    this.channels = channels;
    this.images = images;
    this.skipped = skipped;
    CRC32 crc = new CRC32();
    images.forEach(crc::update);
    this.checksum = crc.getValue();
  }

  /**
   * Reads the images of a folder with its subfolders, or of a zip file, in the order of their
   * names. A file that cannot be read as an image is skipped and listed by {@link #skipped}.
   *
   * @param path the folder or the zip file. Not modified.
   * @param size height and width to resize to
   * @param channels 1 for gray, 3 for colour
   * @return the images, at least one
   * @throws IOException if the path is neither a folder nor a zip file, or holds no image
   */
  public static TrainingImages read(Path path, int size, int channels) throws IOException {
    checkArgument(size > 0, "the image size must be positive: found %s", size);
    checkArgument(channels == 1 || channels == 3, "channels must be 1 or 3: found %s", channels);
    List<byte[]> images = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    if (Files.isDirectory(path)) {
      List<Path> files;
      try (Stream<Path> entries = Files.walk(path)) {
        files = entries.filter(Files::isRegularFile).sorted().toList();
      } catch (UncheckedIOException e) {
        throw new IOException("training data must be readable: " + e.getMessage(), e);
      }
      for (Path file : files) {
        String name = path.relativize(file).toString();
        if (isPicture(name)) {
          add(name, () -> Files.readAllBytes(file), size, channels, images, skipped);
        }
      }
    } else {
      try (ZipFile zip = new ZipFile(path.toFile())) {
        List<? extends ZipEntry> entries =
            zip.stream()
                .filter(entry -> !entry.isDirectory() && isPicture(entry.getName()))
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .toList();
        for (ZipEntry entry : entries) {
          add(entry.getName(), () -> bytes(zip, entry), size, channels, images, skipped);
        }
      } catch (ZipException | NoSuchFileException e) {
        throw new IOException(
            "training data must be a folder or a zip file of images: found " + path, e);
      }
    }
    if (images.isEmpty()) {
      throw new IOException(
          "training data must hold images: found none in "
              + path
              + (skipped.isEmpty() ? "" : ", and " + skipped.size() + " files that are broken"));
    }
    return new TrainingImages(size, channels, images, Collections.unmodifiableList(skipped));
  }

  private interface Bytes {
    byte[] read() throws IOException;
  }

  private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static boolean isPicture(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Stream.of(".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp")
        .anyMatch(lower::endsWith);
  }

  private static void add(
      String name, Bytes bytes, int size, int channels, List<byte[]> images, List<String> skipped) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes.read()));
      if (image == null) {
        throw new IOException("unknown format");
      }
      images.add(Resize.toBytes(image, size, channels));
    } catch (IOException | RuntimeException e) {
      // Decoders answer broken files with any kind of exception.
      String reason = e.getMessage();
      skipped.add(name + " (" + (reason == null ? e.getClass().getSimpleName() : reason) + ")");
    }
  }

  /**
   * How many images there are.
   *
   * @return from 1
   */
  public int count() {
    return images.size();
  }

  /**
   * What could not be read.
   *
   * @return name and reason of each, unmodifiable
   */
  public List<String> skipped() {
    return skipped;
  }

  /**
   * Height and width.
   *
   * @return the size that was asked for
   */
  public int size() {
    return size;
  }

  /**
   * The number of channels.
   *
   * @return 1 or 3
   */
  public int channels() {
    return channels;
  }

  /** Of all samples, to know the same images again. */
  long checksum() {
    return checksum;
  }

  /**
   * Copies an image into a batch.
   *
   * @param index which image
   * @param mirrored whether left and right change places
   * @param into receives [C, H, W] in -1 to 1
   * @param from the index of its first sample there
   */
  void copy(int index, boolean mirrored, float[] into, int from) {
    byte[] image = images.get(index);
    int to = from;
    for (int row = 0; row < channels * size; row++) {
      for (int x = 0; x < size; x++) {
        int sample = image[row * size + (mirrored ? size - 1 - x : x)] & 255;
        into[to++] = sample / 127.5f - 1;
      }
    }
  }
}
