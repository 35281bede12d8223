package org.inpaint4j.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The compressed samples of a PNG file, in pieces. */
final class PngChunks implements AutoCloseable {

  private final byte[] file;
  private final List<int[]> pieces = new ArrayList<>();
  private final Inflater inflater = new Inflater();
  private int next;

  PngChunks(byte[] file) {
    this.file = file;
  }

  void add(int at, int length) {
    pieces.add(new int[] {at, length});
  }

  /** Fills an array; returns whether there was enough. */
  boolean read(byte[] into) throws IOException {
    int done = 0;
    try {
      while (done < into.length) {
        int count = inflater.inflate(into, done, into.length - done);
        done += count;
        if (count == 0) {
          if (inflater.finished() || inflater.needsDictionary() || next == pieces.size()) {
            return false;
          }
          int[] piece = pieces.get(next++);
          inflater.setInput(file, piece[0], piece[1]);
        }
      }
    } catch (DataFormatException e) {
      throw new IOException("its samples are not compressed as they say", e);
    }
    return true;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
