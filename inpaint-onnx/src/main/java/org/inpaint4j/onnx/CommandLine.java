package org.inpaint4j.onnx;

import static com.google.common.base.Preconditions.checkState;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps ONNX Runtime 1.29 from ending the program: on Linux it crashes when its environment is
 * made, if the command line of the program is long. Up to 3872 bytes it was seen to work, from 4200
 * bytes on it crashed every time.
 */
final class CommandLine {

  private static final int LONGEST = 3900;

  private CommandLine() {}

  /**
   * Refuses to go on under a command line that ONNX Runtime does not stand.
   *
   * @throws IllegalStateException if it is too long
   */
  static void check() {
    try {
      Path own = Path.of("/proc/self/cmdline");
      check(Files.exists(own) ? Files.readAllBytes(own).length : 0);
    } catch (IOException e) {
      check(0); // nobody can tell
    }
  }

  /** The same, of a number of bytes. */
  static void check(int bytes) {
    checkState(
        bytes <= LONGEST,
        "the command line of a program that uses ONNX Runtime must be at most %s bytes long on"
            + " Linux: found %s; java takes a long class path from a file (@file) or from a jar's"
            + " manifest",
        LONGEST,
        bytes);
  }
}
