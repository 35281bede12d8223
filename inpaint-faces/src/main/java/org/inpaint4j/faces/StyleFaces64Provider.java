package org.inpaint4j.faces;

import java.io.IOException;
import java.util.Optional;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.model.ShippedModel;
import org.inpaint4j.model.Weights;

/** {@link StyleFaces64} for {@code Models.named("stylefaces64")}. */
public final class StyleFaces64Provider implements ShippedModel {

  /** For {@link java.util.ServiceLoader}. */
  public StyleFaces64Provider() {}

  @Override
  public String name() {
    return "stylefaces64";
  }

  @Override
  public String subject() {
    return "faces";
  }

  @Override
  public Optional<Weights> weights() throws IOException {
    return Optional.of(StyleFaces64.weights());
  }

  @Override
  public InpaintModel load() {
    return StyleFaces64.load();
  }
}
