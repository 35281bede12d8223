package org.inpaint4j.faces;

import java.io.IOException;
import java.util.Optional;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.model.ShippedModel;
import org.inpaint4j.model.Weights;

/** {@link FaceCompletion} for {@code Models.named("facecompletion")}. */
public final class FaceCompletionProvider implements ShippedModel {

  /** For {@link java.util.ServiceLoader}. */
  public FaceCompletionProvider() {}

  @Override
  public String name() {
    return "facecompletion";
  }

  @Override
  public String subject() {
    return "faces";
  }

  @Override
  public boolean takesOnePass() {
    return true;
  }

  @Override
  public Optional<Weights> weights() throws IOException {
    return Optional.of(FaceCompletion.weights());
  }

  @Override
  public InpaintModel load() {
    return FaceCompletion.load();
  }
}
