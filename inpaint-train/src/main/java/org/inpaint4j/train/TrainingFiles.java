package org.inpaint4j.train;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * The files of a training: the model, and beside it what is named after the model.
 *
 * @param model where the model is written
 */
record TrainingFiles(Path model) {

  /** What goes into a file. */
  @FunctionalInterface
  interface Content {
    /** Writes everything, flushes, and leaves the stream open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** All that is needed to go on. */
  Path state() {
    return beside(".state");
  }

  /** A network as DL4J saves it. */
  Path dl4j(String network) {
    return beside("-" + network + ".zip");
  }

  void drawSamples(int epoch, BufferedImage sheet) throws IOException {
    write(beside(String.format(Locale.ROOT, "-samples-%04d.png", epoch)), sheet);
  }

  void drawLosses(BufferedImage plot) throws IOException {
    write(beside("-losses.png"), plot);
  }

  private Path beside(String ending) {
    String name = String.valueOf(model.getFileName());
    int dot = name.lastIndexOf('.');
    return model.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ending);
  }

  private static void write(Path file, BufferedImage image) throws IOException {
    write(file, out -> ImageIO.write(image, "png", out));
  }

  /** Writes a file: complete and on the disk, or not at all. One that exists is replaced. */
  static void write(Path file, Content content) throws IOException {
    // Not createTempFile: such a file can be read by its owner alone. And always the same name:
    // what a process that was killed has left is written over by the next.
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      try (FileChannel channel =
              FileChannel.open(
                  part,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        content.writeTo(out);
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
