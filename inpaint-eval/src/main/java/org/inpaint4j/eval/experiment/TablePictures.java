package org.inpaint4j.eval.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Seeds;

/**
 * Where the filled pictures of a table are, and what they are filled with.
 *
 * @param folder the output folder
 * @param seed of the experiment
 */
record TablePictures(Path folder, long seed) {

  /** The seed of an image's mask and search. */
  long seedOf(String mask, String image) {
    return Seeds.combine(Seeds.combine(seed, mask), image);
  }

  /** The name of the file of a filled image in the output folder. */
  static String name(ImageRow.Key key) {
    return "pictures/" + key.mask() + "/" + key.method() + "/" + key.image() + ".png";
  }

  /** The file of a filled image. */
  Path picture(ImageRow.Key key) {
    return folder.resolve(name(key));
  }

  /** A filled image. */
  ImagePlanes filled(ImageRow.Key key) throws IOException {
    Path file = picture(key);
    return PictureFiles.toPlanes(PictureFiles.read(Files.readAllBytes(file), file.toString()));
  }
}
