package org.inpaint4j.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files that appear complete or not at all, for all modules of the library.
 *
 * <p>Not for one file from several threads or processes at once.
 */
@Internal
public final class WholeFile {

  private WholeFile() {}

  /** What is to be in a file. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes everything.
     *
     * @param out where to; buffered, flushed and closed by the caller
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file. It is on the disk when this returns; until then what was there stays, also if
   * the program is killed.
   *
   * @param file where to, in a folder that exists; replaced if it exists
   * @param content writes what is to be in it
   * @throws IOException if it cannot be written; nothing is left behind then
   */
  public static void write(Path file, Content content) throws IOException {
    // Not createTempFile: such a file can be read by its owner alone, and so could the result. And
    // always the same name: what a program that was killed has left is written over by the next.
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      try (FileChannel channel =
              FileChannel.open(
                  part,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      try {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
