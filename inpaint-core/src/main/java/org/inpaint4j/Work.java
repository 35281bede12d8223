package org.inpaint4j;

import java.util.List;
import java.util.Map;

/** How an {@link Inpainter} makes results of requests. */
interface Work extends AutoCloseable {

  /**
   * Fills the holes of several pictures.
   *
   * @return the outcome of each request, in order
   */
  List<InpaintOutcome> fill(List<InpaintRequest> requests);

  /** Whether several threads may call at once. */
  boolean isThreadSafe();

  /** How many requests {@link #fill} should be given at once. */
  int batch();

  /** What results are made with: names and values in an order to be read in. */
  Map<String, String> provenance();

  @Override
  void close();
}
