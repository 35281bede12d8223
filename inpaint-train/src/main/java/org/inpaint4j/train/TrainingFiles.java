package org.inpaint4j.train;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.inpaint4j.image.WholeFile;

/**
 * The files of a training: the model, and beside it what is named after the model.
 *
 * @param model where the model is written
 */
record TrainingFiles(Path model) {

  /** All that is needed to go on. */
  Path state() {
    return beside(".state");
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
    WholeFile.write(file, out -> ImageIO.write(image, "png", out));
  }
}
