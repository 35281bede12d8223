package org.inpaint4j;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImageShape;

/** A filler that is another one; tests override what they look at. */
class ForwardingFiller implements Filler {

  private final Filler filler;

  ForwardingFiller(Filler filler) {
    this.filler = filler;
  }

  @Override
  public List<? extends Filling> fill(FillTask task) {
    return filler.fill(task);
  }

  @Override
  public Optional<ImageShape> imageShape() {
    return filler.imageShape();
  }

  @Override
  public int context() {
    return filler.context();
  }

  @Override
  public boolean isThreadSafe() {
    return filler.isThreadSafe();
  }

  @Override
  public Map<String, String> provenance() {
    return filler.provenance();
  }

  @Override
  public void close() {
    filler.close();
  }
}
