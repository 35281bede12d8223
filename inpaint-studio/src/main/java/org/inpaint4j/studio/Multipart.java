package org.inpaint4j.studio;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a body of multipart/form-data (RFC 7578).
 *
 * <p>Not the container's parser: that one may write parts into files.
 */
final class Multipart {

  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,200})\"|([^\\s;\"]{1,200}))");
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final int MOST_PARTS = 32;
  private static final int MOST_HEADER = 4096;

  /** The content of a part. */
  @SuppressWarnings("ArrayRecordComponent") // never compared; nobody else has the array
  record Part(byte[] content) {

    String text() {
      return new String(content, StandardCharsets.UTF_8).strip();
    }
  }

  private final Map<String, Part> parts = new LinkedHashMap<>();

  private Multipart() {}

  /**
   * Reads a body.
   *
   * @param contentType the header
   * @param body not modified
   * @throws Refusal if it is no such body
   */
  static Multipart read(String contentType, byte[] body) {
    Matcher found = BOUNDARY.matcher(contentType);
    if (!contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data") || !found.find()) {
      throw Refusal.badRequest(
          "the body must be multipart/form-data with a boundary: found another content type");
    }
    String boundary = found.group(1) == null ? found.group(2) : found.group(1);
    byte[] line = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    byte[] next = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    byte[] blank = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    Multipart result = new Multipart();
    int at = indexOf(body, line, 0);
    while (at >= 0) {
      int header = at + line.length;
      if (starts(body, header, "--")) {
        return result;
      }
      int content = indexOf(body, blank, header);
      int end = content < 0 ? -1 : indexOf(body, next, content + 2);
      if (end < 0
          || content - header > MOST_HEADER
          || end < content + blank.length
          || result.parts.size() == MOST_PARTS) {
        break;
      }
      result.add(
          new String(body, header, content - header, StandardCharsets.UTF_8),
          Arrays.copyOfRange(body, content + blank.length, end));
      at = end + 2;
    }
    throw Refusal.badRequest("the body must be complete multipart/form-data: found broken parts");
  }

  private void add(String header, byte[] content) {
    Matcher name = NAME.matcher(header);
    if (name.find()) {
      parts.put(name.group(1), new Part(content));
    }
  }

  private static boolean starts(byte[] body, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return body.length >= at + bytes.length
        && Arrays.equals(body, at, at + bytes.length, bytes, 0, bytes.length);
  }

  private static int indexOf(byte[] body, byte[] what, int from) {
    for (int i = from; i <= body.length - what.length; i++) {
      if (body[i] == what[0] && Arrays.equals(body, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The content of a part that must be there.
   *
   * @throws Refusal if it is not
   */
  Part part(String name) {
    Part part = parts.get(name);
    if (part == null) {
      throw Refusal.badRequest("the body must have a part " + name + ": found " + parts.keySet());
    }
    return part;
  }

  /** The text of a part that may be missing. */
  Optional<String> text(String name) {
    return Optional.ofNullable(parts.get(name)).map(Part::text);
  }
}
