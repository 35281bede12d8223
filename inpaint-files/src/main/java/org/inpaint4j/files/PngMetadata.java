package org.inpaint4j.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** What a PNG file says beside its samples. */
final class PngMetadata {

  static final double INCH = 0.0254;
  private static final String XMP = "XML:com.adobe.xmp";

  /** Enough for any profile and any packet; a few bytes can be made to inflate to gigabytes. */
  private static final int MOST = 16 << 20;

  /** What only PNG files can hold: how colours are meant, and texts. */
  private static final Set<String> KEPT =
      Set.of("gAMA", "cHRM", "sRGB", "cICP", "mDCV", "cLLI", "tEXt", "zTXt", "iTXt");

  private PngMetadata() {}

  /** Takes a chunk into the metadata; one that is broken or unknown is left out. */
  static void take(String type, Bytes content, Metadata metadata) {
    try {
      switch (type) {
        case "iCCP" -> {
          int end = zero(content, 0);
          metadata.profile = inflate(content, end + 2);
        }
        case "eXIf" -> Exif.take(content.data, metadata);
        case "pHYs" -> {
          if (content.u8(8) == 1) {
            Metadata.Resolution dots =
                new Metadata.Resolution(content.u32(0) * INCH, content.u32(4) * INCH);
            metadata.resolution = dots.isUsable() ? dots : null;
          }
        }
        default -> {
          byte[] packet = type.equals("iTXt") ? xmp(content) : null;
          if (packet != null) {
            metadata.xmp = packet;
          } else if (KEPT.contains(type) && !content.startsWith(0, "Raw profile type")) {
            metadata.chunks.add(new Metadata.Chunk(type, content));
          }
        }
      }
    } catch (IOException e) {
      metadata.notes.add("its chunk " + type + " is broken, and left out");
    }
  }

  private static byte @Nullable [] xmp(Bytes content) throws IOException {
    if (!content.startsWith(0, XMP + "\0")) {
      return null;
    }
    int flags = XMP.length() + 1;
    boolean compressed = content.u8(flags) == 1;
    int language = zero(content, flags + 2);
    int text = zero(content, language + 1) + 1;
    return compressed ? inflate(content, text) : content.slice(text, content.length() - text);
  }

  private static int zero(Bytes content, int from) throws IOException {
    int at = from;
    while (content.u8(at) != 0) {
      at++;
    }
    return at;
  }

  private static byte[] inflate(Bytes content, int from) throws IOException {
    content.check(from, 0);
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(content.data, from, content.length() - from);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 14];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if ((count == 0 && !inflater.finished()) || all.size() > MOST) {
          throw new IOException("a chunk must inflate to at most " + MOST + " bytes");
        }
        all.write(buffer, 0, count);
      }
      return all.toByteArray();
    } catch (DataFormatException e) {
      throw new IOException("a chunk must be compressed as it says", e);
    } finally {
      inflater.end();
    }
  }

  /** The content of a chunk with a packet of XMP. */
  static byte[] xmpChunk(byte[] packet) {
    byte[] name = (XMP + "\0\0\0\0\0").getBytes(StandardCharsets.ISO_8859_1);
    byte[] content = Arrays.copyOf(name, name.length + packet.length);
    System.arraycopy(packet, 0, content, name.length, packet.length);
    return content;
  }
}
