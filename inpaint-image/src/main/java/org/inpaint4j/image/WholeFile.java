package org.inpaint4j.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes files that appear complete or not at all, for all modules of the library.
 *
 * <p>Not for one file from several threads or processes at once.
 */
@Internal
public final class WholeFile {

  /**
   * The bytes of a name that stays below the 255 of usual file systems with what is added to it.
   */
  private static final int MOST_NAME = 240;

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
   * the program is killed. It is written on an interrupted thread too, which stays so.
   *
   * @param file where to, in a folder that exists; replaced if it exists
   * @param content writes what is to be in it
   * @throws IOException if it cannot be written; nothing is left behind then
   */
  public static void write(Path file, Content content) throws IOException {
    Path part = part(file);
    try {
      // Not a FileChannel: that one gives up when its thread is interrupted, which is how a filling
      // is cancelled whose best so far is to be saved.
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        content.writeTo(out);
      }
      force(part);
      try {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Where the file is until it is complete. Not createTempFile: such a file can be read by its
   * owner alone, and so could the result. And always the same name: what a program that was killed
   * has left is written over by the next.
   */
  private static Path part(Path file) {
    String name = file.getFileName().toString();
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    boolean isLong = bytes.length > MOST_NAME;
    return file.resolveSibling("." + (isLong ? UUID.nameUUIDFromBytes(bytes) : name) + ".part");
  }

  /** Brings a file onto the disk, whether the thread is interrupted or not. */
  private static void force(Path file) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
