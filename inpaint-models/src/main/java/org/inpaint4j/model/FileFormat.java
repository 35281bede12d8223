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

  /** Pickles on their own: PyTorch before 1.6. */
  LEGACY("PyTorch checkpoint before 1.6"),

  /** Any other pickle. */
  PICKLE("pickle of NVIDIA's networks"),
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
    // Before the pickles: the length of the header, which comes first, may begin as they do.
    if (length >= 9 && start.get(8) == '{') {
      return SAFETENSORS;
    }
    // PROTO 2 to 5.
    if (length >= 3 && start.get(0) == (byte) 0x80 && start.get(1) >= 2 && start.get(1) <= 5) {
      return TorchCheckpoint.startsWithMagic(source, 0) ? LEGACY : PICKLE;
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
