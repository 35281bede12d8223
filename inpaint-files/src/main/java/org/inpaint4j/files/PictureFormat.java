package org.inpaint4j.files;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats of picture files. */
public enum PictureFormat {
  /** Portable Network Graphics: up to 16 bits, alpha, profile, EXIF, resolution. */
  PNG(true, "png"),
  /** JPEG: 8 bits, no alpha; what is written differs a little from what was there. */
  JPEG(true, "jpg", "jpeg", "jpe", "jfif"),
  /** Classic TIFF (not BigTIFF when written): up to 16 bits or floats, alpha, profile, EXIF. */
  TIFF(true, "tif", "tiff"),
  /** Windows bitmap: 8 bits, alpha and profile in a version 5 header; no EXIF. */
  BMP(true, "bmp", "dib"),
  /** WebP: read only. */
  WEBP(false, "webp"),
  /** GIF: read only, its first picture; a filled photo has more than 256 colours. */
  GIF(false, "gif");

  private final boolean written;
  private final ImmutableList<String> endings;

  PictureFormat(boolean written, String... endings) {
    this.written = written;
    this.endings = ImmutableList.copyOf(endings);
  }

  /**
   * The format that the ending of a file name stands for.
   *
   * @param file any name
   * @return the format; empty if the ending is none of a picture that can be read
   */
  public static Optional<PictureFormat> of(Path file) {
    return ofName(String.valueOf(file.getFileName()));
  }

  /**
   * The format that the ending of a name stands for.
   *
   * @param name any name, {@code holiday.JPG} say
   * @return the format; empty if the ending is none of a picture that can be read
   */
  public static Optional<PictureFormat> ofName(String name) {
    int dot = name.lastIndexOf('.');
    String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(format -> format.endings.contains(ending)).findFirst();
  }

  /** The format of the bytes of a file, whatever its name. */
  static Optional<PictureFormat> ofContent(byte[] file) {
    if (starts(file, 0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (starts(file, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (starts(file, 0, "II*\0") || starts(file, 0, "MM\0*")) {
      return Optional.of(TIFF);
    }
    if (starts(file, 0, "II+\0") || starts(file, 0, "MM\0+")) {
      return Optional.of(TIFF);
    }
    if (starts(file, 0, "BM")) {
      return Optional.of(BMP);
    }
    if (starts(file, 0, "RIFF") && starts(file, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    return starts(file, 0, "GIF87a") || starts(file, 0, "GIF89a")
        ? Optional.of(GIF)
        : Optional.empty();
  }

  private static boolean starts(byte[] file, int at, String magic) {
    byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
    return file.length >= at + bytes.length
        && Arrays.equals(file, at, at + bytes.length, bytes, 0, bytes.length);
  }

  /**
   * Whether pictures can be written in this format.
   *
   * @return false if they can only be read
   */
  public boolean canWrite() {
    return written;
  }

  /**
   * Whether what is read again is what was written, sample by sample.
   *
   * @return false for JPEG
   */
  public boolean isLossless() {
    return this != JPEG;
  }

  /**
   * The endings of names of files that can be read.
   *
   * @return for people: {@code bmp, dib, …}
   */
  public static String readable() {
    return list(Arrays.stream(values()));
  }

  /**
   * The endings of names of files that can be written.
   *
   * @return for people: {@code bmp, dib, …}
   */
  public static String writable() {
    return list(Arrays.stream(values()).filter(PictureFormat::canWrite));
  }

  private static String list(Stream<PictureFormat> formats) {
    return formats
        .flatMap(format -> format.endings.stream())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** For messages. */
  String label() {
    return this == WEBP ? "WebP" : name();
  }
}
