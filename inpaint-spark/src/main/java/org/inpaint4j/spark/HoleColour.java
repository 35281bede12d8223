package org.inpaint4j.spark;

import java.awt.image.BufferedImage;
import org.inpaint4j.files.PictureException;
import org.inpaint4j.image.Mask;

/** Which pixels of a mask are the hole. */
public enum HoleColour {
  /** What is white. */
  WHITE,
  /** What is black. */
  BLACK,
  /** What is transparent; the mask can be the photo itself with a part erased. */
  TRANSPARENT;

  Mask read(BufferedImage picture, String name) throws PictureException {
    if (this == TRANSPARENT && !picture.getColorModel().hasAlpha()) {
      throw new PictureException(
          "the mask must have transparency, because that is the hole: found none in " + name);
    }
    return switch (this) {
      case WHITE -> Mask.whiteIsHole(picture);
      case BLACK -> Mask.blackIsHole(picture);
      case TRANSPARENT -> Mask.transparentIsHole(picture);
    };
  }
}
