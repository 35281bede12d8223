package org.inpaint4j.faces;

import org.inpaint4j.InpaintModel;
import org.inpaint4j.model.ShippedModel;

/** {@link FaceModels#guidedStyle} for {@code Models.named("guidedstylefaces")}. */
public final class GuidedStyleFacesProvider implements ShippedModel {

  /** For {@link java.util.ServiceLoader}. */
  public GuidedStyleFacesProvider() {}

  @Override
  public String name() {
    return "guidedstylefaces";
  }

  @Override
  public String subject() {
    return "faces";
  }

  @Override
  public InpaintModel load() {
    return FaceModels.guidedStyle();
  }
}
