package org.inpaint4j.blend;

/**
 * Which gradients the blended hole should have.
 *
 * <p>All but {@link #NONE} are from Pérez, Gangnet and Blake, <em>Poisson Image Editing</em>, ACM
 * Transactions on Graphics 22(3), 2003.
 */
public enum Guidance {
  /**
   * The gradients of the filling (section 3, "importing gradients"): its details are kept, its
   * level and tint are not. This blends a generated face into a photograph.
   */
  IMPORT,

  /**
   * Between two neighbours, the stronger of the gradients of the filling and of the image (section
   * 3, "mixing gradients", equation 12). The image's texture shows through where the filling is
   * flat.
   *
   * <p>This is for pasting something onto a complete image. It is the only guidance that reads the
   * image inside the hole. Never use it to fill a hole whose content is missing.
   */
  MIXED,

  /**
   * The gradients of the filling's brightness (section 3, "monochrome transfer"): its shapes
   * without its colours, which come from the surroundings alone. The brightness is 0.299 red +
   * 0.587 green + 0.114 blue. Channels after the third are blended as by {@link #IMPORT}, and so is
   * an image of fewer than three channels.
   */
  MONOCHROME,

  /**
   * No gradient at all: the harmonic fill, the smoothest surface through the known neighbours
   * (Laplace's equation). The filling is not looked at.
   */
  NONE
}
