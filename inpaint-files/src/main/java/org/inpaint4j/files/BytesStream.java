package org.inpaint4j.files;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Bytes as a stream for ImageIO's readers, without a copy. Unlike others it does not let a reader
 * ask beyond the end for ever: some read zeros there and make them pixels.
 */
final class BytesStream extends ImageInputStreamImpl {

  /** Readers that look some bytes ahead are left alone. */
  private static final int AHEAD = 64;

  private final byte[] data;
  private int beyond;

  BytesStream(byte[] data) {
    this.data = data;
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    return streamPos < data.length ? data[(int) streamPos++] & 255 : end();
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= data.length) {
      return end();
    }
    int count = (int) Math.min(length, data.length - streamPos);
    System.arraycopy(data, (int) streamPos, into, from, count);
    streamPos += count;
    return count;
  }

  private int end() throws IOException {
    if (++beyond > AHEAD) {
      throw new IOException("it ends too early");
    }
    return -1;
  }

  @Override
  public long length() {
    return data.length;
  }
}
