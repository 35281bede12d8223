package org.inpaint4j.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a picture file says beside its samples. Filled by a reader, and not changed after that.
 *
 * <p>The blocks are those of the file, byte by byte, so that what is not understood here survives.
 */
final class Metadata {

  /** Dots per inch. */
  record Resolution(double x, double y) {

    Resolution {
      // Half a hundredth of a dot is the rounding of dots per metre.
      x = snap(x);
      y = snap(y);
    }

    private static double snap(double dots) {
      return Math.abs(dots - Math.rint(dots)) < 0.02 ? Math.rint(dots) : dots;
    }

    boolean isUsable() {
      return x > 0 && y > 0 && x < 1e6 && y < 1e6;
    }
  }

  /** A chunk of a PNG file that only PNG files can hold. */
  record Chunk(String type, Bytes content) {}

  /** An ICC profile. */
  byte @Nullable [] profile;

  /** A TIFF structure with EXIF data. */
  byte @Nullable [] exif;

  byte @Nullable [] xmp;

  @Nullable Resolution resolution;

  /** Colours and texts of a PNG file, in its order. */
  final List<Chunk> chunks = new ArrayList<>();

  /** How the camera was held, Exif 2.32, tag 0x0112. */
  int orientation = Orientation.UPRIGHT;

  /** What was changed by reading, for people. */
  final List<String> notes = new ArrayList<>();

  private static final Pattern XMP_ORIENTATION =
      Pattern.compile("(tiff:Orientation(?:=[\"']|>))\\s*[1-8]\\s*(?=[\"'<])");

  /** What is left to say once the picture has been turned upright. */
  Metadata upright() {
    Metadata upright = new Metadata();
    upright.profile = profile;
    boolean turned = Orientation.isTurned(orientation);
    byte[] block = exif;
    upright.exif = block == null ? null : Exif.upright(block, turned);
    byte[] packet = xmp;
    if (packet != null) {
      String text = new String(packet, StandardCharsets.ISO_8859_1);
      upright.xmp =
          XMP_ORIENTATION.matcher(text).replaceAll("$11").getBytes(StandardCharsets.ISO_8859_1);
    }
    Resolution dots = resolution;
    upright.resolution = dots != null && turned ? new Resolution(dots.y(), dots.x()) : dots;
    upright.chunks.addAll(chunks);
    upright.notes.addAll(notes);
    return upright;
  }

  /** Without a profile that is not for colours of so many channels. */
  void keepProfileOf(int colors) {
    byte[] icc = profile;
    if (icc == null) {
      return;
    }
    String expected = colors == 1 ? "GRAY" : "RGB ";
    String space = profileSpace(icc);
    if (!space.equals(expected)) {
      profile = null;
      notes.add(
          String.format(
              Locale.ROOT,
              "its colour profile is left out: expected one for %s, found one for %s",
              colors == 1 ? "gray" : "RGB",
              space.isBlank() ? "nothing" : space.strip()));
    }
  }

  /** ICC.1:2010, 7.2: the colour space of the samples stands at byte 16. */
  static String profileSpace(byte[] icc) {
    return icc.length < 20 ? "" : new String(icc, 16, 4, StandardCharsets.ISO_8859_1);
  }
}
