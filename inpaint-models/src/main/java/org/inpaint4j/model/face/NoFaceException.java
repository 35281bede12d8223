package org.inpaint4j.model.face;

/**
 * No face was found in a photo, so a model of faces has nothing to be shown. The caller can give
 * the square of the face, or use another filler.
 */
public final class NoFaceException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  NoFaceException() {
    super(
        "a photo must show a face for a model of faces to fill it: found none; give the square of"
            + " the face (--region x,y,size in the shell, Framing.square in Java), or use a filler"
            + " of anything");
  }
}
