package org.inpaint4j.files;

import java.awt.image.BufferedImage;
import java.util.Locale;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;

/** Which pixels of the picture of a mask are the hole. */
public enum MaskConvention {
  /** The light ones, which is usual. */
  WHITE("white"),
  /** The dark ones. */
  BLACK("black"),
  /** The transparent ones; the mask can be the photo itself with a part erased. */
  ALPHA("transparent");

  private final String hole;

  MaskConvention(String hole) {
    this.hole = hole;
  }

  /**
   * Reads a mask.
   *
   * @param picture not modified
   * @param name for the message
   * @return the mask
   * @throws PictureException if the hole is what is transparent, and the picture has no
   *     transparency; the message is one sentence
   */
  public Mask read(BufferedImage picture, String name) throws PictureException {
    if (this == ALPHA && !picture.getColorModel().hasAlpha()) {
      throw new PictureException(
          "the mask must have transparency for the convention alpha: found none in " + name);
    }
    return switch (this) {
      case WHITE -> Mask.whiteIsHole(picture);
      case BLACK -> Mask.blackIsHole(picture);
      case ALPHA -> Mask.transparentIsHole(picture);
    };
  }

  /**
   * Checks that a mask is one for a photo: as large, with a hole, and with something known.
   *
   * @param mask read by this convention
   * @param maskName for the message
   * @param photo the size of the photo
   * @param photoName for the message
   * @throws PictureException if it is not; the message is one sentence
   */
  public void check(Mask mask, String maskName, Size photo, String photoName)
      throws PictureException {
    if (!mask.size().equals(photo)) {
      throw new PictureException(
          String.format(
              Locale.ROOT,
              "the mask must be as large as the photo: expected %s (%s), found %s (%s)",
              photo,
              photoName,
              mask.size(),
              maskName));
    }
    if (mask.holeCount() == 0) {
      throw new PictureException(
          "the mask must show a hole: expected " + hole + " pixels, found none in " + maskName);
    }
    if (mask.holeCount() == mask.size().pixels()) {
      throw new PictureException(
          "the mask must leave something known: found only " + hole + " pixels in " + maskName);
    }
  }

  /** The name on command lines: {@code white}, {@code black} or {@code alpha}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
