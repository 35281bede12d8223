package org.inpaint4j.patch;

/**
 * How much one pass trusts estimates of missing pixels, against 1 for a known pixel.
 *
 * @param inPatch where the patch to fill is compared with others
 * @param inNeighbour where a similar patch has missing pixels itself
 * @param inFit where the patch to fill is fitted by the similar ones
 */
record Trust(float inPatch, float inNeighbour, float inFit) {

  /** From a smooth start: it steers the search only where nothing else does. */
  static final Trust FIRST = new Trust(.002f, .01f, .0005f);

  /** From the estimates of an earlier pass. */
  static final Trust LATER = new Trust(.02f, .02f, .005f);

  /** From a smooth start between pixels that are missing one by one: there it is good. */
  static final Trust SCATTERED = new Trust(.02f, .3f, .02f);
}
