package org.inpaint4j.model;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads and writes safetensors files.
 *
 * <pre>
 * u64 little-endian   n, the length of the header
 * n bytes             JSON: {"name": {"dtype": "F16", "shape": [2, 3], "data_offsets": [0, 12]}, …}
 * the rest            the tensors, row-major and little-endian
 * </pre>
 *
 * <p>The reader is strict. The header is UTF-8 JSON of exactly this form, with spaces alone allowed
 * after it; no name comes twice; the tensors cover the rest of the file without overlap and without
 * a gap; each is exactly as long as its shape and type say. So two readers cannot disagree about a
 * file, and nothing can hide in one.
 */
final class Safetensors {

  /** As in the reference implementation. */
  private static final int MAX_HEADER = 100_000_000;

  private static final int MAX_DIMENSIONS = 32;

  /** One tensor of the header. */
  private static final class Entry {
    private final String name;
    private final ElementType type;
    private final int[] shape;
    private final long begin;
    private final long end;

    Entry(String name, ElementType type, int[] shape, long begin, long end) {
      this.name = name;
      this.type = type;
      this.shape = shape;
      this.begin = begin;
      this.end = end;
    }

    long begin() {
      return begin;
    }

    long end() {
      return end;
    }
  }

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
    List<Entry> entries = new Header(source, text).parse();
    long start = 8 + headerLength;
    checkCovered(source, entries, source.size() - start);

    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.type.isFloatingPoint()) {
        String what = "tensor " + entry.name;
        ByteBuffer data = source.read(start + entry.begin, entry.end - entry.begin, what);
        float[] values = new float[data.limit() / entry.type.bytes];
        for (int i = 0; i < values.length; i++) {
          values[i] = entry.type.get(data, i);
        }
        tensors.put(entry.name, new Weights.Tensor(entry.shape, values));
      }
    }
    return tensors;
  }

  /** Every byte of the data belongs to exactly one tensor, and every tensor has its exact size. */
  private static void checkCovered(Source source, List<Entry> entries, long available)
      throws ModelFormatException {
    List<Entry> byPlace = new ArrayList<>(entries);
    byPlace.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long position = 0;
    for (Entry entry : byPlace) {
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

  /**
   * Writes a file: tensors of wide elements first, which keeps them aligned, then by name.
   *
   * @param out not closed
   */
  static void write(
      Map<String, Weights.Tensor> tensors, Map<String, ElementType> types, OutputStream out)
      throws IOException {
    List<String> names = new ArrayList<>(tensors.keySet());
    names.sort(
        Comparator.comparingInt((String name) -> -type(types, name).bytes)
            .thenComparing(Comparator.naturalOrder()));
    StringBuilder header = new StringBuilder("{");
    long position = 0;
    for (String name : names) {
      Weights.Tensor tensor = tensor(tensors, name);
      long end = position + (long) tensor.values().length * type(types, name).bytes;
      header.append(header.length() == 1 ? "" : ",");
      quote(name, header);
      header.append(":{\"dtype\":\"").append(type(types, name).safetensors);
      header.append("\",\"shape\":[");
      for (int i = 0; i < tensor.shape().length; i++) {
        header.append(i == 0 ? "" : ",").append(tensor.shape()[i]);
      }
      header.append("],\"data_offsets\":[").append(position).append(',').append(end).append("]}");
      position = end;
    }
    header.append('}');
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 7) & ~7;
    BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    buffered.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).array());
    buffered.write(json);
    buffered.write(" ".repeat(padded - json.length).getBytes(StandardCharsets.UTF_8));
    for (String name : names) {
      float[] values = tensor(tensors, name).values();
      ElementType type = type(types, name);
      ByteBuffer element = ByteBuffer.allocate(type.bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : values) {
        switch (type) {
          case FLOAT16 -> element.putShort(0, Halves.toFloat16(value));
          case BFLOAT16 -> element.putShort(0, Halves.toBfloat16(value));
          case FLOAT32 -> element.putFloat(0, value);
          case FLOAT64 -> element.putDouble(0, value);
          default -> throw new IllegalStateException("weights are not integers: found " + type);
        }
        buffered.write(element.array());
      }
    }
    buffered.flush();
  }

  private static ElementType type(Map<String, ElementType> types, String name) {
    ElementType type = types.get(name);
    if (type == null) {
      throw new IllegalStateException("every tensor must have a type: found none for " + name);
    }
    return type;
  }

  private static Weights.Tensor tensor(Map<String, Weights.Tensor> tensors, String name) {
    Weights.Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("every name must have a tensor: found none for " + name);
    }
    return tensor;
  }

  private static void quote(String name, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** Parses exactly the JSON that a header may be. */
  private static final class Header {

    private final Source source;
    private final CharBuffer text;

    Header(Source source, CharBuffer text) {
      this.source = source;
      this.text = text;
    }

    List<Entry> parse() throws ModelFormatException {
      List<Entry> entries = new ArrayList<>();
      Set<String> names = new HashSet<>();
      if (text.get(0) != '{') {
        throw problem("{");
      }
      expect('{');
      if (!take('}')) {
        do {
          String name = string();
          if (!names.add(name)) {
            throw source.problem("names in the header must differ: found " + name + " twice");
          }
          expect(':');
          if (name.equals("__metadata__")) {
            metadata();
          } else {
            entries.add(entry(name));
          }
        } while (take(','));
        expect('}');
      }
      while (text.hasRemaining()) {
        if (text.get() != ' ') {
          throw source.problem("the header must be padded with spaces alone");
        }
      }
      return entries;
    }

    private void metadata() throws ModelFormatException {
      Set<String> names = new HashSet<>();
      expect('{');
      if (!take('}')) {
        do {
          String name = string();
          if (!names.add(name)) {
            throw source.problem("names in __metadata__ must differ: found " + name + " twice");
          }
          expect(':');
          string();
        } while (take(','));
        expect('}');
      }
    }

    private Entry entry(String name) throws ModelFormatException {
      ElementType type = null;
      int[] shape = null;
      long[] offsets = null;
      expect('{');
      do {
        String field = string();
        expect(':');
        if (field.equals("dtype") && type == null) {
          String dtype = string();
          type = ElementType.ofSafetensors(dtype);
          if (type == null) {
            throw source.problem(
                "tensor "
                    + name
                    + " must have a known dtype: expected F16, BF16, F32, F64 or integers, found "
                    + dtype);
          }
        } else if (field.equals("shape") && shape == null) {
          long[] dimensions = numbers(MAX_DIMENSIONS);
          shape = new int[dimensions.length];
          for (int i = 0; i < shape.length; i++) {
            if (dimensions[i] > Integer.MAX_VALUE) {
              throw source.problem(
                  "tensor " + name + " must have dimensions below 2^31: found " + dimensions[i]);
            }
            shape[i] = (int) dimensions[i];
          }
        } else if (field.equals("data_offsets") && offsets == null) {
          offsets = numbers(2);
        } else {
          throw source.problem(
              "tensor "
                  + name
                  + " must have one dtype, shape and data_offsets: found another "
                  + field);
        }
      } while (take(','));
      expect('}');
      if (type == null || shape == null || offsets == null) {
        throw source.problem("tensor " + name + " must have a dtype, a shape and data_offsets");
      }
      if (offsets.length != 2 || offsets[0] > offsets[1]) {
        throw source.problem("tensor " + name + " must have a first and a last offset, in order");
      }
      return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    private long[] numbers(int most) throws ModelFormatException {
      long[] numbers = new long[most];
      int count = 0;
      expect('[');
      if (!take(']')) {
        do {
          if (count == most) {
            throw source.problem("a list in the header must have at most " + most + " numbers");
          }
          numbers[count++] = number();
        } while (take(','));
        expect(']');
      }
      return java.util.Arrays.copyOf(numbers, count);
    }

    /** A non-negative integer without leading zeros, below 10^18. */
    private long number() throws ModelFormatException {
      skipSpace();
      long number = 0;
      int digits = 0;
      while (text.hasRemaining() && isDigit(text.get(text.position()))) {
        if (digits == 18 || (digits > 0 && number == 0)) {
          throw problem("a number below 10^18 without leading zeros");
        }
        number = number * 10 + (text.get() - '0');
        digits++;
      }
      if (digits == 0) {
        throw problem("a number");
      }
      return number;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    private String string() throws ModelFormatException {
      expect('"');
      StringBuilder string = new StringBuilder();
      while (true) {
        char c = next();
        if (c == '"') {
          return string.toString();
        }
        if (c < 0x20) {
          throw problem("a string without control characters");
        }
        if (c != '\\') {
          string.append(c);
          continue;
        }
        char escape = next();
        switch (escape) {
          case '"', '\\', '/' -> string.append(escape);
          case 'b' -> string.append('\b');
          case 'f' -> string.append('\f');
          case 'n' -> string.append('\n');
          case 'r' -> string.append('\r');
          case 't' -> string.append('\t');
          case 'u' -> {
            int code = 0;
            for (int i = 0; i < 4; i++) {
              int digit = Character.digit(next(), 16);
              if (digit < 0) {
                throw problem("four hexadecimal digits");
              }
              code = (code << 4) | digit;
            }
            string.append((char) code);
          }
          default -> throw problem("an escape");
        }
      }
    }

    private char next() throws ModelFormatException {
      if (!text.hasRemaining()) {
        throw source.problem("the header must be complete JSON: found its end");
      }
      return text.get();
    }

    private void skipSpace() {
      while (text.hasRemaining() && " \t\r\n".indexOf(text.get(text.position())) >= 0) {
        text.get();
      }
    }

    private boolean take(char c) {
      skipSpace();
      if (text.hasRemaining() && text.get(text.position()) == c) {
        text.get();
        return true;
      }
      return false;
    }

    private void expect(char c) throws ModelFormatException {
      if (!take(c)) {
        throw problem("'" + c + "'");
      }
    }

    private ModelFormatException problem(String expected) {
      String found =
          text.hasRemaining() ? "'" + text.get(text.position()) + "'" : "the end of the header";
      return source.problem(
          "the header must be JSON of a safetensors file: expected "
              + expected
              + " at character "
              + text.position()
              + ", found "
              + found);
    }
  }
}
