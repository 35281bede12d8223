package org.inpaint4j.studio;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request, which was known to fit before it was read. */
@SuppressWarnings("ArrayRecordComponent") // never compared; nobody else has the array
record Upload(byte[] bytes, MemoryBudget.Share share) implements AutoCloseable {

  /** What is read and thrown away of a body that is refused, so that the client hears why. */
  private static final long MOST_DRAINED = 1L << 30;

  /** Small bodies, JSON say, need no share of the memory. */
  private static final int SMALL = 64 * 1024;

  /**
   * Reads a body.
   *
   * @param most the bytes it may have
   * @throws Refusal if it is too large, does not say how large it is, or finds no memory
   */
  static Upload read(Context context, long most, MemoryBudget.Source memory) throws IOException {
    InputStream body = context.bodyInputStream();
    MemoryBudget.Share share = null;
    try {
      long length = length(context, most);
      share = memory.take(length);
      byte[] bytes = body.readNBytes((int) length);
      if (bytes.length < length) {
        throw Refusal.badRequest("the body must be as long as it says: it ended too early");
      }
      return new Upload(bytes, share);
    } catch (Refusal | IOException e) {
      if (share != null) {
        share.close();
      }
      if (e instanceof Refusal) {
        drain(body);
      }
      throw e;
    }
  }

  /** Reads a body of a few kilobytes. */
  static byte[] small(Context context) throws IOException {
    byte[] bytes = context.bodyInputStream().readNBytes(SMALL + 1);
    if (bytes.length > SMALL) {
      drain(context.bodyInputStream());
      throw new Refusal(
          Refusal.TOO_LARGE, "the body must have at most " + SMALL + " bytes: found more");
    }
    return bytes;
  }

  /**
   * Reads what a request did not want of a short body. Else the server ends the connection, and the
   * next request of the client, which may be on its way, has no answer.
   */
  static void drainShort(Context context) {
    if (context.req().getContentLengthLong() <= SMALL) {
      drain(context.bodyInputStream());
    }
  }

  private static long length(Context context, long most) {
    long length = context.req().getContentLengthLong();
    if (length < 0) {
      throw new Refusal(
          Refusal.LENGTH_REQUIRED, "a request with a body must have a Content-Length: found none");
    }
    if (length > most) {
      throw new Refusal(
          Refusal.TOO_LARGE,
          "an upload must have at most " + most + " bytes: found " + length + " bytes");
    }
    return length;
  }

  private static void drain(InputStream body) {
    byte[] buffer = new byte[1 << 16];
    try {
      long read = 0;
      for (int count; read < MOST_DRAINED && (count = body.read(buffer)) >= 0; ) {
        read += count;
      }
    } catch (IOException e) {
      // The client has gone, and needs no answer.
      return;
    }
  }

  @Override
  public void close() {
    share.close();
  }
}
