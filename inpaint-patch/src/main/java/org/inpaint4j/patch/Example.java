package org.inpaint4j.patch;

import org.inpaint4j.image.ImagePlanes;

/** A picture that others are filled from, in 8 bits a sample. */
final class Example {

  /** The side of a cell of the coarse picture. */
  static final int CELL = 4;

  /** Four cells. */
  static final int SMALLEST = 16;

  /** [C, H, W] samples, unsigned. */
  final byte[] fine;

  /** [C, H / CELL, W / CELL] means of cells, unsigned. */
  final byte[] coarse;

  private Example(byte[] fine, byte[] coarse) {
    this.fine = fine;
    this.coarse = coarse;
  }

  static Example of(ImagePlanes picture) {
    byte[] fine = new byte[picture.samples().length];
    for (int i = 0; i < fine.length; i++) {
      fine[i] = level(picture.samples()[i]);
    }
    int columns = picture.width() / CELL;
    int rows = picture.height() / CELL;
    byte[] coarse = new byte[picture.channels() * rows * columns];
    for (int c = 0, at = 0; c < picture.channels(); c++) {
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++, at++) {
          float sum = 0;
          for (int k = 0; k < CELL * CELL; k++) {
            sum += picture.get(c, x * CELL + k % CELL, y * CELL + k / CELL);
          }
          coarse[at] = level(sum / (CELL * CELL));
        }
      }
    }
    return new Example(fine, coarse);
  }

  private static byte level(float sample) {
    return (byte) Math.round(255 * Math.max(0, Math.min(1, sample)));
  }
}
