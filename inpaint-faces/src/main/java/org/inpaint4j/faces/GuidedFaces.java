package org.inpaint4j.faces;

import java.util.Optional;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;

/**
 * {@link Faces64} searched with {@link FaceCompletion} as its guide.
 *
 * @param completion the guide
 * @param faces what is searched
 */
record GuidedFaces(FaceCompletion completion, Faces64 faces) implements InpaintModel {

  static GuidedFaces load() {
    return new GuidedFaces(FaceCompletion.load(), Faces64.load());
  }

  @Override
  public Filler filler() {
    return new GuidedSearch(completion.network(), faces);
  }

  @Override
  public Framing framing() {
    return faces.framing();
  }

  @Override
  public Optional<Filler> rest() {
    return faces.rest();
  }

  @Override
  public Blender blender() {
    return faces.blender();
  }
}
