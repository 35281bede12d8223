package org.inpaint4j.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads safetensors files.
 *
 * <pre>
 * u64 little-endian   n, the length of the header
 * n bytes             JSON: {"name": {"dtype": "F16", "shape": [2, 3], "data_offsets": [0, 12]}, …}
 * the rest            the tensors, row-major and little-endian
 * </pre>
 *
 * <p>The reader is strict. The header is UTF-8 JSON of exactly this form, and only spaces may
 * follow it. No name occurs twice. The tensors cover the rest of the file without overlap and
 * without a gap. Each is exactly as long as its shape and type say. So two readers cannot disagree
 * about a file, and a file cannot contain hidden data.
 */
final class Safetensors {

  /** As in the reference implementation. */
  private static final int MAX_HEADER = 100_000_000;

  private Safetensors() {}

  static Map<String, Weights.Tensor> read(Source source) throws IOException {
    long headerLength = source.read(0, 8, "the length of the header").getLong();
    if (headerLength < 2 || headerLength > MAX_HEADER) {
      throw source.problem(
          "the header must be 2 to " + MAX_HEADER + " bytes long: found " + headerLength);
    }
    ByteBuffer bytes = source.read(8, headerLength, "the header");
    CharBuffer text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      throw new ModelFormatException(source.name(), "the header must be UTF-8", e);
    }
    List<SafetensorsHeader.Entry> entries = new SafetensorsHeader(source, text).parse();
    long start = 8 + headerLength;
    checkCovered(source, entries, source.size() - start);

    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
    for (SafetensorsHeader.Entry entry : entries) {
      if (entry.type.isFloatingPoint()) {
        String what = "tensor " + entry.name;
        ByteBuffer data = source.readOver(start + entry.begin, entry.end - entry.begin, what);
        tensors.put(entry.name, new Weights.Tensor(entry.shape, entry.type.all(data)));
      }
    }
    return tensors;
  }

  /** Every byte of the data belongs to exactly one tensor, and every tensor has its exact size. */
  private static void checkCovered(
      Source source, List<SafetensorsHeader.Entry> entries, long available)
      throws ModelFormatException {
    List<SafetensorsHeader.Entry> byPlace = new ArrayList<>(entries);
    byPlace.sort(
        Comparator.comparingLong(SafetensorsHeader.Entry::begin)
            .thenComparingLong(SafetensorsHeader.Entry::end));
    long position = 0;
    for (SafetensorsHeader.Entry entry : byPlace) {
      if (entry.begin != position) {
        throw source.problem(
            "tensor "
                + entry.name
                + " must start where the one before it ends: expected "
                + position
                + ", found "
                + entry.begin);
      }
      long expected = entry.type.bytes;
      for (int dimension : entry.shape) {
        // Dimensions are ints and the running product is checked, so this cannot overflow.
        expected *= dimension;
        if (expected > available) {
          break;
        }
      }
      long found = entry.end - entry.begin;
      if (found != expected) {
        throw source.problem(
            "tensor "
                + entry.name
                + " must be as long as its shape: expected "
                + (expected > available ? "more than the file" : expected + " bytes")
                + ", found "
                + found);
      }
      position = entry.end;
      if (position > available) {
        throw source.problem(
            "tensor "
                + entry.name
                + " must lie inside the file: expected an end up to "
                + available
                + ", found "
                + position);
      }
    }
    if (position != available) {
      throw source.problem(
          "the file must end with its last tensor: expected "
              + position
              + " bytes of data, found "
              + available);
    }
  }
}
