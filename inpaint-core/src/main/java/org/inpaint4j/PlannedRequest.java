package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.FillOutcome;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.search.LatentSearch;

/** One request on its way to a filler and back. */
final class PlannedRequest {

  private final InpaintRequest request;
  private final List<PlannedPart> parts;
  private final Optional<Mask> rest;
  private final Optional<Filler> restFiller;
  private final List<FillTask> tasks = new ArrayList<>();
  private final RequestProgress progress;

  private PlannedRequest(InpaintRequest request, PlannedHole hole, Optional<Filler> restFiller) {
    this.request = request;
    this.parts = hole.parts();
    this.rest = hole.rest();
    this.restFiller = restFiller;
    int rests = rest.isPresent() ? request.candidates() : 0;
    this.progress = new RequestProgress(request, parts.size() + rests);
    Photo photo = Photo.of(request.image());
    for (int i = 0; i < parts.size(); i++) {
      PlannedPart part = parts.get(i);
      tasks.add(
          new FillTask(
              part.target(),
              part.mask(),
              request.seed(),
              request.candidates(),
              progress.ofPart(i, filling -> part.preview(photo, filling)),
              progress.latentsOfPart(i),
              part.sources()));
    }
  }

  /**
   * Brings the known pixels of a request to what a filler takes.
   *
   * @param restFiller fills what lies in no square of the framing, if there is one
   */
  static PlannedRequest of(
      InpaintRequest request, Framing framing, Filler filler, Optional<Filler> restFiller) {
    Mask mask = request.mask();
    checkArgument(
        mask.holeCount() < mask.size().pixels(),
        "a mask must leave at least one pixel known: found a hole of all %s pixels",
        mask.size());
    checkArgument(
        request.starts().isEmpty() || filler instanceof LatentSearch,
        "latents to start at must be given to a latent search: found %s",
        filler.provenance());
    Photo photo = Photo.of(request.image());
    Framing squares = request.framing().orElse(framing);
    return new PlannedRequest(
        request,
        PlannedHole.of(photo, mask, squares, filler, restFiller.isPresent(), request.sources()),
        restFiller);
  }

  /** What the filler has to do: one task a part; none if there is no hole. */
  List<FillTask> tasks() {
    return tasks;
  }

  /** What the request's listener threw, if it did. */
  Optional<RuntimeException> listenerError() {
    return progress.error();
  }

  /**
   * Blends what the filler made into the photo.
   *
   * @param outcomes one for each task, with at least one filling each
   * @param time how long the filler took
   * @return the best result, which has the others
   */
  InpaintResult finish(
      List<FillOutcome> outcomes, Blender blender, Duration time, Provenance provenance) {
    int fewest = outcomes.stream().mapToInt(outcome -> outcome.fillings().size()).min().orElse(1);
    List<InpaintResult> others = new ArrayList<>();
    for (int rank = 1; rank < fewest; rank++) {
      others.add(result(outcomes, rank, blender, time, provenance, List.of()));
    }
    return result(outcomes, 0, blender, time, provenance, others);
  }

  private InpaintResult result(
      List<FillOutcome> outcomes,
      int rank,
      Blender blender,
      Duration time,
      Provenance provenance,
      List<InpaintResult> others) {
    Photo photo = request.isInPlace() ? Photo.of(request.image()) : Photo.copyOf(request.image());
    List<InpaintResult.Part> filled = new ArrayList<>();
    List<InpaintWarning> warnings = new ArrayList<>();
    FillMap.Builder map = new FillMap.Builder(request.mask());
    FillStatus status = FillStatus.NOTHING_TO_FILL;
    boolean[] cutShort = {false};
    long start = System.nanoTime();
    for (int i = 0; i < parts.size(); i++) {
      PlannedPart part = parts.get(i);
      Filling filling = outcomes.get(i).fillings().get(rank);
      part.write(
          photo,
          request.mask(),
          filling.image(),
          blender,
          () -> {
            cutShort[0] |= progress.isCancelled();
            return !cutShort[0];
          });
      map.add(nameOf(provenance.filler()), part, filling);
      status = i == 0 ? filling.status() : status.and(filling.status());
      status = cutShort[0] ? status.and(FillStatus.CANCELLED) : status;
      filled.add(
          new InpaintResult.Part(
              part.framed(), part.seen(), part.target(), part.mask(), filling, time));
    }
    Duration blendTime =
        parts.isEmpty() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - start);
    filled.forEach(part -> warnings.addAll(Warnings.of(part)));
    if (rest.isPresent()) {
      InpaintResult.Part last = fillRest(photo, rest.get(), map, rank);
      status = parts.isEmpty() ? last.filling().status() : status.and(last.filling().status());
      filled.add(last);
      warnings.addAll(last.filling().warnings());
      warnings.add(
          Warnings.ofRest(
              rest.get().holeCount(),
              request.mask().holeCount(),
              restFiller.orElseThrow().provenance()));
    }
    return new InpaintResult(
        request,
        photo.image(),
        status,
        filled,
        map.build(),
        warnings,
        blendTime,
        provenance,
        others);
  }

  /** Fills what lies in no square, after the squares: their fillings are known by now. */
  private InpaintResult.Part fillRest(Photo photo, Mask hole, FillMap.Builder map, int rank) {
    Filler filler = restFiller.orElseThrow();
    long start = System.nanoTime();
    PlannedPart part = PlannedPart.aroundHole(photo, hole, filler.context(), request.sources());
    FillTask task =
        new FillTask(
                part.target(),
                part.mask(),
                request.seed(),
                1,
                progress.ofPart(parts.size() + rank, shown -> part.preview(photo, shown)))
            .sources(part.sources());
    Filling filling = filler.fill(task).get(0);
    part.write(photo, hole, filling.image(), Blender.paste(), () -> true);
    map.add(nameOf(filler.provenance()), part, filling);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    return new InpaintResult.Part(
        Optional.empty(), part.seen(), part.target(), part.mask(), filling, time);
  }

  private static String nameOf(Map<String, String> made) {
    return made.getOrDefault("filler", made.toString());
  }
}
