package org.inpaint4j.cli;

import java.nio.file.Path;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.files.MaskConvention;
import org.inpaint4j.files.PictureException;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;

/** Reads the files of masks. */
final class MaskFile {

  private MaskFile() {}

  /**
   * Reads a photo and its mask.
   *
   * @param convention which pixels of the mask are the hole
   * @param imageFile the photo
   * @param maskFile its mask
   * @return both
   * @throws UserException if one of them cannot be read, or they do not fit together
   */
  static PhotoTask read(MaskConvention convention, Path imageFile, Path maskFile)
      throws UserException {
    // The mask first: it is small once it is bits, and both pictures need not be held at once.
    Mask hole = mask(convention, "--mask", maskFile);
    PictureFile photo = Pictures.read("--image", imageFile);
    Size size = Size.of(photo.image());
    try {
      convention.check(hole, maskFile.toString(), size, imageFile.toString());
    } catch (PictureException e) {
      String hint = hole.size().equals(size) ? " (see --mask-convention)" : "";
      throw new UserException(e.getMessage() + hint);
    }
    return new PhotoTask(photo, InpaintRequest.of(photo.image(), hole));
  }

  /**
   * Reads a mask.
   *
   * @param convention which pixels are the hole
   * @param option the option that names the file, for messages
   * @param file the file
   * @return the mask
   * @throws UserException if there is no such mask in the file
   */
  static Mask mask(MaskConvention convention, String option, Path file) throws UserException {
    try {
      return convention.read(Pictures.read(option, file).image(), file.toString());
    } catch (PictureException e) {
      throw new UserException(e.getMessage() + " (see --mask-convention)");
    }
  }
}
