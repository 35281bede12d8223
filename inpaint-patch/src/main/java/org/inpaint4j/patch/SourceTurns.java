package org.inpaint4j.patch;

/** How pieces of the picture may be turned when they are copied. */
public enum SourceTurns {
  /** Not at all: right for most photographs, where light falls from one side and things stand. */
  NONE,

  /**
   * Left and right exchanged as well: for what is symmetric. Twice the memory and time to start.
   */
  MIRRORED,

  /**
   * By quarter turns, and mirrored: for textures that have no upright, seen from above. Eight times
   * the memory of the part that is looked at.
   */
  ALL
}
