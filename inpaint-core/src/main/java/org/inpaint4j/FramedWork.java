package org.inpaint4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.FillOutcome;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;

/**
 * One filler that is shown squares of photos, or the surroundings of holes; and one for the rest.
 */
record FramedWork(Filler filler, Optional<Filler> rest, Framing framing, Blender blender)
    implements Work {

  @Override
  public List<InpaintOutcome> fill(List<InpaintRequest> requests) {
    return filler.imageShape().isPresent() ? fillTogether(requests) : fillOneByOne(requests);
  }

  @Override
  public boolean isThreadSafe() {
    return filler.isThreadSafe() && rest.map(Filler::isThreadSafe).orElse(true);
  }

  @Override
  public int batch() {
    return filler.batch();
  }

  private Map<String, String> provenance(InpaintRequest request) {
    Map<String, String> made = new LinkedHashMap<>(provenance());
    if (!request.starts().isEmpty()) {
      made.put("starts", request.starts().toString());
    }
    return made;
  }

  @Override
  public Map<String, String> provenance() {
    Map<String, String> made = new LinkedHashMap<>(filler.provenance());
    rest.ifPresent(
        other -> other.provenance().forEach((name, value) -> made.put("rest " + name, value)));
    return made;
  }

  @Override
  public void close() {
    filler.close();
    rest.ifPresent(Filler::close);
  }

  /** So that what a filler is shown of large photos is in memory for one of them at a time. */
  private List<InpaintOutcome> fillOneByOne(List<InpaintRequest> requests) {
    List<InpaintOutcome> outcomes = new ArrayList<>();
    for (InpaintRequest request : requests) {
      boolean begin = outcomes.isEmpty() || !Thread.currentThread().isInterrupted();
      outcomes.add(begin ? fillTogether(List.of(request)).get(0) : InpaintOutcome.notBegun());
    }
    return outcomes;
  }

  private List<InpaintOutcome> fillTogether(List<InpaintRequest> requests) {
    List<Optional<PlannedRequest>> planned = new ArrayList<>();
    List<InpaintOutcome> outcomes = new ArrayList<>();
    List<FillTask> tasks = new ArrayList<>();
    for (InpaintRequest request : requests) {
      if (Thread.currentThread().isInterrupted()
          && planned.stream().anyMatch(Optional::isPresent)) {
        planned.add(Optional.empty());
        outcomes.add(InpaintOutcome.notBegun());
        continue;
      }
      try {
        PlannedRequest plan = PlannedRequest.of(request, framing, filler, rest);
        planned.add(Optional.of(plan));
        outcomes.add(InpaintOutcome.notBegun());
        tasks.addAll(plan.tasks());
      } catch (RuntimeException e) {
        planned.add(Optional.empty());
        outcomes.add(InpaintOutcome.failed(e));
      }
    }
    long start = System.nanoTime();
    List<FillOutcome> filled = filler.fillAll(tasks);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    int next = 0;
    for (int i = 0; i < requests.size(); i++) {
      if (planned.get(i).isPresent()) {
        PlannedRequest plan = planned.get(i).get();
        int end = next + plan.tasks().size();
        outcomes.set(i, finish(requests.get(i), plan, filled.subList(next, end), time));
        next = end;
      }
    }
    return outcomes;
  }

  private InpaintOutcome finish(
      InpaintRequest request, PlannedRequest plan, List<FillOutcome> filled, Duration time) {
    if (plan.listenerError().isPresent()) {
      return InpaintOutcome.failed(plan.listenerError().get());
    }
    for (FillOutcome outcome : filled) {
      if (outcome.error().isPresent()) {
        return InpaintOutcome.failed(outcome.error().get());
      }
    }
    boolean anyBegun = filled.stream().anyMatch(outcome -> !outcome.fillings().isEmpty());
    if (!filled.isEmpty() && !anyBegun) {
      return InpaintOutcome.notBegun();
    }
    try {
      InpaintResult result =
          plan.finish(
              begun(plan, filled),
              blender,
              time,
              new Provenance(provenance(request), request.seed(), Versions.all()));
      Optional<RuntimeException> error = plan.listenerError();
      return error.isPresent() ? InpaintOutcome.failed(error.get()) : InpaintOutcome.of(result);
    } catch (RuntimeException e) {
      return InpaintOutcome.failed(e);
    }
  }

  /** A photo is filled in all of its squares or in none: those left out get what is quickest. */
  private List<FillOutcome> begun(PlannedRequest plan, List<FillOutcome> filled) {
    List<FillOutcome> all = new ArrayList<>(filled);
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).fillings().isEmpty()) {
        FillTask hurried = plan.tasks().get(i).listener((step, steps, loss) -> false);
        all.set(i, FillOutcome.of(filler.fill(hurried)));
      }
    }
    return all;
  }
}
