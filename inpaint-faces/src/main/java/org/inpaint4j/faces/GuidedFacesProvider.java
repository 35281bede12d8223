package org.inpaint4j.faces;

import org.inpaint4j.InpaintModel;
import org.inpaint4j.model.ShippedModel;

/** {@link FaceModels#guided} for {@code Models.named("guidedfaces")}. */
public final class GuidedFacesProvider implements ShippedModel {

  /** For {@link java.util.ServiceLoader}. */
  public GuidedFacesProvider() {}

  @Override
  public String name() {
    return "guidedfaces";
  }

  @Override
  public String subject() {
    return "faces";
  }

  @Override
  public InpaintModel load() {
    return FaceModels.guided();
  }
}
