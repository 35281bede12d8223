package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;

/** Several fillers that work one after the other: one photo at a time. */
record ComposedWork(Composition composition) implements Work {

  @Override
  public List<InpaintOutcome> fill(List<InpaintRequest> requests) {
    List<InpaintOutcome> outcomes = new ArrayList<>();
    for (InpaintRequest request : requests) {
      boolean begin = outcomes.isEmpty() || !Thread.currentThread().isInterrupted();
      outcomes.add(begin ? fill(request) : InpaintOutcome.notBegun());
    }
    return outcomes;
  }

  private InpaintOutcome fill(InpaintRequest request) {
    try {
      Mask mask = request.mask();
      checkArgument(
          mask.holeCount() < mask.size().pixels(),
          "a mask must leave at least one pixel known: found a hole of all %s pixels",
          mask.size());
      List<Composition.Stage> stages =
          mask.holeCount() == 0
              ? List.of()
              : composition.stages(Photo.of(request.image()), mask, request.framing());
      checkArgument(
          request.starts().isEmpty(),
          "latents to start at must be given to a latent search: found %s",
          composition.provenance());
      ComposedRequest run = new ComposedRequest(request, stages);
      InpaintResult result = run.fill();
      Optional<RuntimeException> error = run.listenerError();
      return error.isPresent() ? InpaintOutcome.failed(error.get()) : InpaintOutcome.of(result);
    } catch (RuntimeException e) {
      return InpaintOutcome.failed(e);
    }
  }

  @Override
  public boolean isThreadSafe() {
    return composition.isThreadSafe();
  }

  /** Photos are filled one by one. */
  @Override
  public int batch() {
    return 1;
  }

  @Override
  public Map<String, String> provenance() {
    return composition.provenance();
  }

  @Override
  public void close() {
    composition.close();
  }
}
