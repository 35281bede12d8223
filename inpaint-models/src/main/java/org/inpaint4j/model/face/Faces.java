package org.inpaint4j.model.face;

import org.inpaint4j.Framing;
import org.inpaint4j.model.Models;

/** The framing of models of faces. */
public final class Faces {

  /** Finders are loaded once for all framings that nobody closes. */
  private static final class Shared {
    static final FaceFinder FINDER = finder();
  }

  private Faces() {}

  /**
   * Loads a finder that completes faces with the shipped model that takes one pass, if there is one
   * on the class path; else it is {@link FaceFinder#load()}.
   *
   * @return a new finder, which the caller closes
   */
  public static FaceFinder finder() {
    return Models.shipped().stream()
        .filter(model -> model.subject().equals("faces") && model.takesOnePass())
        .findFirst()
        .map(FaceFinder::load)
        .orElseGet(FaceFinder::load);
  }

  /**
   * The squares of all faces that the hole touches: turned as the faces are, the clearest face
   * first. A warning says if a face was hardly seen. What of the hole lies outside of all faces is
   * left to another filler.
   *
   * <p>The framing throws {@link NoFaceException} for a photo without any face. If there are faces
   * and the hole touches none of them, it has no square.
   *
   * <p>All such framings share a finder, which is loaded at the first use and not freed; it holds
   * 100 to 200 MB of native memory. It is {@link #finder()}. {@link #framing(FaceFinder)} leaves
   * that to the caller.
   *
   * @return the framing, for use by several threads
   */
  public static Framing framing() {
    return new FaceFraming(() -> Shared.FINDER);
  }

  /**
   * {@link #framing()} with a finder of the caller's.
   *
   * @param finder stays the caller's, who closes it
   * @return the framing, for use by several threads
   */
  public static Framing framing(FaceFinder finder) {
    return new FaceFraming(() -> finder);
  }
}
