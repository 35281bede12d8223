package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.inpaint4j.image.Internal;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.WholeFile;
import org.jspecify.annotations.Nullable;

/**
 * A picture and what its file says about it: colour profile, EXIF data, resolution.
 *
 * <pre>{@code
 * Mask hole = Mask.whiteIsHole(PictureFile.read(maskFile).image());
 * PictureFile.read(photo).fill((image, h) -> inpainter.inpaint(image, h).image(), hole).write(result);
 * }</pre>
 *
 * <p>The picture has the samples of the file: nothing is converted from the profile to sRGB, gray
 * stays gray, 16 bits stay 16 bits. It is upright: turned and mirrored as the file says. Pictures
 * of 1 to 4 bits and palettes become 8-bit gray or RGB of the same colours, because a filling needs
 * colours that a palette does not have.
 *
 * <p>Reading takes memory for the file and twice its samples, and refuses a file whose header
 * claims more samples than half of Java's memory (2 GiB at most), before it decodes anything. A
 * file that is broken or cut off is refused with one sentence.
 *
 * <p>Immutable but for the picture.
 */
public final class PictureFile {

  private final BufferedImage image;
  private final @Nullable PictureFormat format;
  private final Metadata metadata;

  private PictureFile(BufferedImage image, @Nullable PictureFormat format, Metadata metadata) {
    this.image = image;
    this.format = format;
    this.metadata = metadata;
  }

  /** What fills the hole of a picture. */
  @FunctionalInterface
  public interface Fill {

    /**
     * Fills.
     *
     * @param image the picture
     * @param hole as large as the picture
     * @return the filled picture, of the same size and kind; may be the given one
     */
    BufferedImage fill(BufferedImage image, Mask hole);
  }

  /**
   * Reads a picture file.
   *
   * @param file PNG, JPEG, TIFF, BMP, WebP or GIF, whatever its name ends in
   * @return its first picture
   * @throws PictureException if it is missing, broken, cut off, too large or of another format
   * @throws IOException if it cannot be read
   */
  public static PictureFile read(Path file) throws IOException {
    return read("a picture", file);
  }

  /**
   * Reads a picture file.
   *
   * @param what what the picture is, the first words of messages
   * @param file the file
   * @return its first picture
   * @throws PictureException if it is missing, broken, cut off, too large or of another format
   * @throws IOException if it cannot be read
   */
  @Internal
  public static PictureFile read(String what, Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new PictureException(
          what + " must be a picture file: expected a file, found the folder " + file);
    }
    try {
      if (Files.size(file) > Limits.mostFileBytes()) {
        throw tooLarge(what, String.valueOf(file));
      }
      return read(what, file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new PictureException(what + " must exist: found no file " + file);
    } catch (AccessDeniedException e) {
      throw new PictureException(what + " must be readable: no permission to read " + file);
    }
  }

  /**
   * Reads a picture from a stream, to its end.
   *
   * @param stream not closed
   * @return its first picture
   * @throws PictureException if it is broken, cut off, too large or of another format
   * @throws IOException if it cannot be read
   */
  public static PictureFile read(InputStream stream) throws IOException {
    long most = Limits.mostFileBytes();
    byte[] bytes = stream.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 64));
    if (bytes.length > most) {
      throw tooLarge("a picture", "the stream");
    }
    return read("a picture", "the stream", bytes);
  }

  /**
   * Reads a picture.
   *
   * @param bytes the bytes of a file. Not modified.
   * @return its first picture
   * @throws PictureException if it is broken, cut off, too large or of another format
   */
  public static PictureFile read(byte[] bytes) throws PictureException {
    return read("a picture", "the bytes", bytes);
  }

  /**
   * Reads a picture.
   *
   * @param what what the picture is, the first words of messages
   * @param name what to call the file in messages
   * @param bytes the bytes of the file. Not modified.
   * @return its first picture
   * @throws PictureException if it is broken, cut off, too large or of another format
   */
  @Internal
  public static PictureFile read(String what, String name, byte[] bytes) throws PictureException {
    if (bytes.length == 0) {
      throw new PictureException(what + " must hold a picture: found the empty file " + name);
    }
    PictureFormat format = PictureFormat.ofContent(bytes).orElse(null);
    if (format == null) {
      throw new PictureException(
          what
              + " must be in a known format: expected one of "
              + PictureFormat.readable()
              + ", found something else in "
              + name);
    }
    try {
      Metadata metadata = new Metadata();
      BufferedImage stored = Normal.of(decode(format, bytes, metadata), metadata);
      metadata.keepProfileOf(Layout.of(stored).colors());
      BufferedImage upright = Orientation.upright(stored, metadata.orientation);
      return new PictureFile(upright, format, metadata.upright());
    } catch (OutOfMemoryError e) {
      throw tooLarge(what, name);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Decoders answer broken files with any kind of exception.
      throw new PictureException(
          what + " must be a complete picture: " + name + " is broken (" + reason(e) + ")", e);
    }
  }

  private static BufferedImage decode(PictureFormat format, byte[] file, Metadata metadata)
      throws IOException {
    return switch (format) {
      case PNG -> PngReader.read(file, metadata);
      case JPEG -> JpegReader.read(file, metadata);
      case TIFF -> TiffReader.read(file, metadata);
      case BMP -> BmpReader.read(file, metadata);
      case WEBP -> WebpReader.read(file, metadata);
      case GIF -> GifReader.read(file, metadata);
    };
  }

  private static PictureException tooLarge(String what, String name) {
    return new PictureException(
        what + " must fit into memory: " + name + " does not; set JAVA_OPTS=-Xmx8g, say");
  }

  /** One line; what decoders stumble over tells nobody anything. */
  private static String reason(Throwable e) {
    String message = e instanceof IOException ? e.getMessage() : null;
    return message == null || message.isBlank()
        ? "its data makes no sense"
        : message.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
  }

  /**
   * A picture that comes from no file.
   *
   * @param image any picture. Not modified, and copied only if files cannot have its kind of
   *     samples.
   * @return the picture, without profile or other metadata
   */
  public static PictureFile of(BufferedImage image) {
    Metadata metadata = new Metadata();
    return new PictureFile(Normal.of(image, metadata), null, metadata);
  }

  /**
   * The picture: upright, with the samples of the file, gray or RGB with or without alpha, of 8 or
   * 16 bits or floats. Its colour model is gray or sRGB, whatever the {@link #profile} says.
   *
   * @return the picture itself, not a copy
   */
  public BufferedImage image() {
    return image;
  }

  /**
   * The same file with another picture in it.
   *
   * @param other any picture. Not modified.
   * @return the other picture with the metadata of this one; the profile is left out if it is for
   *     another number of colours
   */
  public PictureFile withImage(BufferedImage other) {
    Metadata kept = metadata.upright();
    BufferedImage normal = Normal.of(other, kept);
    kept.keepProfileOf(Layout.of(normal).colors());
    return new PictureFile(normal, format, kept);
  }

  /**
   * The same file with its hole filled.
   *
   * @param fill an inpainter, say: {@code (image, hole) -> inpainter.inpaint(image, hole).image()}
   * @param hole as large as the picture
   * @return the filled picture with the metadata of this one
   */
  public PictureFile fill(Fill fill, Mask hole) {
    return withImage(fill.fill(image, hole));
  }

  /**
   * The format of the file.
   *
   * @return empty if the picture comes from no file
   */
  public Optional<PictureFormat> format() {
    return Optional.ofNullable(format);
  }

  /**
   * The ICC profile that says which colours the samples are.
   *
   * @return a copy of its bytes; empty if the file has none
   */
  public Optional<byte[]> profile() {
    return Optional.ofNullable(metadata.profile).map(byte[]::clone);
  }

  /**
   * The EXIF data, with the orientation set to upright and without the thumbnail.
   *
   * @return a copy of the bytes of the TIFF structure; empty if the file has none
   */
  public Optional<byte[]> exif() {
    return Optional.ofNullable(metadata.exif).map(byte[]::clone);
  }

  /**
   * The resolution.
   *
   * @return dots per inch from left to right; empty if the file does not say
   */
  public Optional<Double> dotsPerInch() {
    return Optional.ofNullable(metadata.resolution).map(Metadata.Resolution::x);
  }

  /**
   * What reading changed or left out: colours of CMYK were converted, broken metadata was dropped.
   *
   * @return sentences without the name of the file. Immutable.
   */
  public List<String> notes() {
    return List.copyOf(metadata.notes);
  }

  /**
   * Checks that a format can hold this picture: its transparency and all of its bits.
   *
   * @param target the format to write
   * @throws PictureException if it cannot; the message says why, and what to write instead
   */
  public void checkHolds(PictureFormat target) throws PictureException {
    Holding.check(image, target);
  }

  /**
   * What a format changes or leaves out of a picture that it can hold.
   *
   * @param target the format to write
   * @return sentences; empty if everything comes along. Immutable.
   */
  public List<String> losses(PictureFormat target) {
    return Holding.losses(image, metadata, target);
  }

  /**
   * Writes the picture with its profile, EXIF data and resolution. The file appears complete or not
   * at all; until then, what was there stays.
   *
   * @param file where to; its ending is the format
   * @throws PictureException if the format cannot hold the picture, or the ending is none
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    Optional<PictureFormat> target = PictureFormat.of(file);
    if (target.isEmpty()) {
      throw new PictureException(
          "a picture must be written to a name that ends in a format: expected one of "
              + PictureFormat.writable()
              + ", found "
              + file);
    }
    write(file, target.get());
  }

  /**
   * Writes the picture with its profile, EXIF data and resolution. The file appears complete or not
   * at all; until then, what was there stays.
   *
   * @param file where to
   * @param target the format
   * @throws PictureException if the format cannot hold the picture
   * @throws IOException if the file cannot be written
   */
  public void write(Path file, PictureFormat target) throws IOException {
    checkHolds(target);
    WholeFile.write(file, out -> encode(out, target));
  }

  /**
   * Writes the picture with its profile, EXIF data and resolution.
   *
   * @param out where to. Not closed.
   * @param target the format
   * @throws PictureException if the format cannot hold the picture
   * @throws IOException if it cannot be written
   */
  public void write(OutputStream out, PictureFormat target) throws IOException {
    checkHolds(target);
    encode(out, target);
    out.flush();
  }

  /**
   * The picture as a file in memory.
   *
   * @param target the format
   * @return the bytes of the file
   * @throws PictureException if the format cannot hold the picture
   */
  public byte[] toBytes(PictureFormat target) throws PictureException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(bytes, target);
    } catch (PictureException e) {
      throw e;
    } catch (IOException e) {
      throw new PictureException(Objects.requireNonNullElse(e.getMessage(), e.toString()), e);
    }
    return bytes.toByteArray();
  }

  private void encode(OutputStream out, PictureFormat target) throws IOException {
    Metadata fitting = Holding.fitting(image, metadata, target, new ArrayList<>());
    BufferedImage samples = target == PictureFormat.TIFF ? image : Normal.unmultiplied(image);
    switch (target) {
      case PNG -> PngWriter.write(samples, fitting, out);
      case JPEG -> JpegWriter.write(samples, fitting, out);
      case TIFF -> TiffWriter.write(samples, fitting, out);
      case BMP -> BmpWriter.write(samples, fitting, out);
      case WEBP, GIF -> throw new PictureException(target.label() + " can only be read");
    }
  }
}
