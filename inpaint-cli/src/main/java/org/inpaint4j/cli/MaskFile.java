package org.inpaint4j.cli;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.Mask;

/** Which pixels of a mask are the hole. The names are those of the command line. */
enum MaskConvention {
  white,
  black,
  alpha;

  /**
   * Reads a photo and its mask.
   *
   * @param imageFile the photo
   * @param maskFile its mask
   * @return both
   * @throws UserException if one of them cannot be read, or they do not fit together
   */
  PhotoTask read(Path imageFile, Path maskFile) throws UserException {
    // The mask first: it is small once it is bits, and both pictures need not be held at once.
    Mask hole = mask("--mask", maskFile);
    PictureFile photo = Pictures.read("--image", imageFile);
    check(photo.image(), hole, imageFile, maskFile);
    return new PhotoTask(photo, InpaintRequest.of(photo.image(), hole));
  }

  /**
   * Reads a mask.
   *
   * @param option the option that names the file, for messages
   * @param file the file
   * @return the mask, whose hole is what the convention says
   * @throws UserException if there is no such mask in the file
   */
  Mask mask(String option, Path file) throws UserException {
    BufferedImage picture = Pictures.read(option, file).image();
    if (this == alpha && !picture.getColorModel().hasAlpha()) {
      throw new UserException(
          "the mask must have transparency for --mask-convention alpha: found none in " + file);
    }
    return switch (this) {
      case white -> Mask.whiteIsHole(picture);
      case black -> Mask.blackIsHole(picture);
      case alpha -> Mask.transparentIsHole(picture);
    };
  }

  private String hole() {
    return this == alpha ? "transparent" : name();
  }

  private void check(BufferedImage photo, Mask hole, Path imageFile, Path maskFile)
      throws UserException {
    if (hole.width() != photo.getWidth() || hole.height() != photo.getHeight()) {
      throw new UserException(
          String.format(
              "the mask must be as large as the photo: expected %dx%d (%s), found %dx%d (%s)",
              photo.getWidth(),
              photo.getHeight(),
              imageFile,
              hole.width(),
              hole.height(),
              maskFile));
    }
    if (hole.holeCount() == 0) {
      throw new UserException(
          String.format(
              "the mask must show a hole: expected %s pixels, found none in %s"
                  + " (see --mask-convention)",
              hole(), maskFile));
    }
    if (hole.holeCount() == hole.width() * hole.height()) {
      throw new UserException(
          String.format(
              "the mask must leave something known: found only %s pixels in %s"
                  + " (see --mask-convention)",
              hole(), maskFile));
    }
  }
}
