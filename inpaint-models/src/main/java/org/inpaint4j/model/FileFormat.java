package org.inpaint4j.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;

/** What a file is, told from its first bytes. */
enum FileFormat {
  SAFETENSORS("safetensors"),

  /** A zip: PyTorch since 1.6, or a DL4J network. */
  ZIP("PyTorch checkpoint"),

  /** A pickle on its own: PyTorch before 1.6. */
  PICKLE("PyTorch checkpoint before 1.6"),
  UNKNOWN("unknown");

  private final String description;

  FileFormat(String description) {
    this.description = description;
  }

  /** What a file of weights is called, for people. */
  String description() {
    return description;
  }

  static FileFormat of(Path file) throws IOException {
    try (Source source = Source.open(file)) {
      return detect(source);
    }
  }

  static FileFormat detect(Source source) throws IOException {
    ByteBuffer start = source.read(0, Math.min(16, source.size()), "the start");
    int length = start.limit();
    if (length >= 4 && start.getInt(0) == 0x04034b50) {
      return ZIP;
    }
    // PROTO 2 to 5, then LONG1 with the ten bytes of PyTorch's magic number.
    if (length >= 3 && start.get(0) == (byte) 0x80 && start.get(1) >= 2 && start.get(1) <= 5) {
      return PICKLE;
    }
    if (length >= 9 && start.get(8) == '{') {
      return SAFETENSORS;
    }
    return UNKNOWN;
  }

  static String firstBytes(Source source) throws IOException {
    if (source.size() == 0) {
      return "an empty file";
    }
    byte[] start = new byte[(int) Math.min(8, source.size())];
    source.read(0, start.length, "the start").get(start);
    return "a file that starts with " + HexFormat.ofDelimiter(" ").formatHex(start);
  }
}
