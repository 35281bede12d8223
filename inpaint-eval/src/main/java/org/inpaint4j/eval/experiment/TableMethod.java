package org.inpaint4j.eval.experiment;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

/** A column of a table: whatever gives filled pictures. */
interface TableMethod {

  /** The name in tables and file names. */
  String name();

  /** What exactly fills an image, so that a table that is continued does not mix two methods. */
  String identity(String image, String kind) throws IOException;

  /** What fills, for the report. */
  String description();

  /** Whether several threads may fill at once, and bring something. */
  boolean isConcurrent();

  /** Fills holes. */
  Fills fill(List<TableHole> holes) throws IOException;

  /**
   * Filled pictures.
   *
   * @param pictures the filling of each hole
   * @param seconds the time of all
   * @param processorSeconds the processor time of this process meanwhile, of all its threads
   */
  record Fills(List<Fill> pictures, double seconds, double processorSeconds) {}

  /**
   * A filled picture.
   *
   * @param picture as large as the image
   * @param losses the loss at every step of a search; empty for a method without steps
   */
  record Fill(BufferedImage picture, List<Double> losses) {}
}
