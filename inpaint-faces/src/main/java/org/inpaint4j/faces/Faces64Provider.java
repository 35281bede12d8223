package org.inpaint4j.faces;

import java.io.IOException;
import java.util.Optional;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.model.ShippedModel;
import org.inpaint4j.model.Weights;

/** {@link Faces64} for {@code Models.named("faces64")}. */
public final class Faces64Provider implements ShippedModel {

  /** For {@link java.util.ServiceLoader}. */
  public Faces64Provider() {}

  @Override
  public String name() {
    return "faces64";
  }

  @Override
  public String subject() {
    return "faces";
  }

  @Override
  public Optional<Weights> weights() throws IOException {
    return Optional.of(Faces64.weights());
  }

  @Override
  public InpaintModel load() {
    return Faces64.load();
  }
}
