package org.inpaint4j.eval.metric;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/** Pictures for tests. */
final class Pictures {

  private Pictures() {}

  /** A picture of the test resources as planes from 0 to 1. */
  static ImagePlanes resource(String name) throws IOException {
    return PictureFiles.toPlanes(read(name));
  }

  static Mask mask(String name) throws IOException {
    return Mask.whiteIsHole(read(name));
  }

  private static BufferedImage read(String name) throws IOException {
    try (InputStream file = Pictures.class.getResourceAsStream(name)) {
      return ImageIO.read(file);
    }
  }
}
