package org.inpaint4j.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The segments of a JPEG file (ITU-T T.81, annex B): what it says beside its samples, and the file
 * without that.
 */
final class JpegSegments {

  static final int APP0 = 0xE0;
  static final int APP1 = 0xE1;
  static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int COMMENT = 0xFE;
  static final String EXIF = "Exif\0";
  static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
  static final String ICC = "ICC_PROFILE\0";

  /** A picture of many scans takes long to decode, however small the file. */
  private static final int MOST_SCANS = 200;

  /** Without it some decoders guess from the sampling whether colours are RGB. */
  private static final byte[] JFIF = {
    (byte) 0xFF, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  private final Bytes file;
  private final ByteArrayOutputStream bare = new ByteArrayOutputStream();
  private final TreeMap<Integer, byte[]> profileParts = new TreeMap<>();
  private final List<Integer> componentIds = new ArrayList<>();
  private boolean adobe;
  int frame;
  int precision;
  int width;
  int height;
  int components;

  JpegSegments(byte[] file) {
    this.file = new Bytes(file, false);
  }

  /** Walks through the file; metadata goes to the metadata. */
  void read(Metadata metadata) throws IOException {
    long at = 2;
    int scans = 0;
    int marker = 0;
    int from;
    while (marker != EOI) {
      from = (int) at;
      if (file.u8(at) != 0xFF) {
        throw new IOException("a segment must begin with a marker");
      }
      while (file.u8(at) == 0xFF) {
        at++;
      }
      marker = file.u8(at++);
      if (marker == EOI || marker == SOI || (marker >= 0xD0 && marker <= 0xD7) || marker == 1) {
        continue;
      }
      int length = file.u16(at);
      if (length < 2) {
        throw new IOException("a segment must have its length: found " + length);
      }
      file.check(at, length);
      long start = at + 2;
      at += length;
      if (marker == SOS) {
        if (++scans > MOST_SCANS) {
          throw new IOException("it must have at most " + MOST_SCANS + " scans");
        }
        at = scanEnd(at);
      }
      take(marker, from, (int) at, start, length, metadata);
    }
    if (scans == 0 || components == 0) {
      throw new IOException("it has no samples");
    }
    bare.write(0xFF);
    bare.write(EOI);
    profile(metadata);
  }

  private long scanEnd(long from) throws IOException {
    byte[] data = file.data;
    for (int i = (int) from; i < data.length - 1; i++) {
      if (data[i] == (byte) 0xFF) {
        int next = data[i + 1] & 255;
        if (next != 0 && next != 0xFF && !(next >= 0xD0 && next <= 0xD7)) {
          return i;
        }
      }
    }
    throw new IOException("it ends too early");
  }

  private void take(int marker, int from, int to, long content, int length, Metadata metadata)
      throws IOException {
    if (marker == APP1 && file.startsWith(content, EXIF)) {
      if (metadata.exif == null) {
        Exif.take(file.slice(content + 6, Math.max(0, length - 8)), metadata);
      }
    } else if (marker == APP1 && file.startsWith(content, XMP)) {
      metadata.xmp = file.slice(content + XMP.length(), length - 2 - XMP.length());
    } else if (marker == APP2 && file.startsWith(content, ICC)) {
      int name = ICC.length() + 2;
      profileParts.put(
          file.u8(content + ICC.length()), file.slice(content + name, length - 2 - name));
    } else if (marker == APP0 && file.startsWith(content, "JFIF\0")) {
      jfif(content, metadata);
    } else if (marker == APP14 && file.startsWith(content, "Adobe")) {
      adobe = true;
      bare.write(file.data, from, to - from);
    } else if (marker < APP0 || (marker > APP15 && marker != COMMENT)) {
      if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
        frame(marker, content);
      }
      bare.write(file.data, from, to - from);
    }
  }

  private void frame(int marker, long content) throws IOException {
    if (components != 0) {
      throw new IOException("it must have one frame: found two");
    }
    frame = marker;
    precision = file.u8(content);
    height = file.u16(content + 1);
    width = file.u16(content + 3);
    components = file.u8(content + 5);
    for (int c = 0; c < components; c++) {
      componentIds.add(file.u8(content + 6 + 3L * c));
    }
    Limits.check(width, height, Math.max(1, components), precision > 8 ? 2 : 1);
  }

  private void jfif(long content, Metadata metadata) throws IOException {
    int unit = file.u8(content + 7);
    if (unit == 1 || unit == 2) {
      double inches = unit == 1 ? 1 : 2.54;
      Metadata.Resolution dots =
          new Metadata.Resolution(file.u16(content + 8) * inches, file.u16(content + 10) * inches);
      metadata.resolution = dots.isUsable() ? dots : metadata.resolution;
    }
  }

  private void profile(Metadata metadata) {
    if (profileParts.isEmpty()) {
      return;
    }
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    profileParts.values().forEach(profile::writeBytes);
    metadata.profile = profile.toByteArray();
  }

  /** Whether Java's reader decodes it: 8 bits, one or three components, no exotic coding. */
  boolean isCommon() {
    return (components == 1 || components == 3) && precision == 8 && frame <= 0xC2;
  }

  /** The file with its samples alone, which no reader can convert to other colours. */
  byte[] samplesOnly() {
    byte[] rest = bare.toByteArray();
    boolean rgb = componentIds.equals(List.of((int) 'R', (int) 'G', (int) 'B'));
    byte[] jfif = adobe || rgb ? new byte[0] : JFIF;
    byte[] whole = new byte[2 + jfif.length + rest.length];
    whole[0] = (byte) 0xFF;
    whole[1] = (byte) SOI;
    System.arraycopy(jfif, 0, whole, 2, jfif.length);
    System.arraycopy(rest, 0, whole, 2 + jfif.length, rest.length);
    return whole;
  }

  static byte[] name(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
