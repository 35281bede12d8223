package org.inpaint4j.model;

import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parses the header of a safetensors file. Any JSON that is not such a header is an error. */
final class SafetensorsHeader {

  private static final int MAX_DIMENSIONS = 32;

  /** One tensor of the header. */
  static final class Entry {
    final String name;
    final ElementType type;
    final int[] shape;
    final long begin;
    final long end;

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

  private final Source source;
  private final CharBuffer text;

  SafetensorsHeader(Source source, CharBuffer text) {
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
    return Arrays.copyOf(numbers, count);
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
