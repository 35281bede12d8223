package org.inpaint4j;

import static com.google.common.base.Preconditions.checkState;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Seeds;

/**
 * One request on its way through the stages of a {@link Composition}.
 *
 * <p>Candidates part at the first filler that makes several fillings: from there on each has a
 * photo of its own.
 */
final class ComposedRequest {

  /** What all stages count together for the listener. */
  private static final int STEPS = 1000;

  private final InpaintRequest request;
  private final List<Composition.Stage> stages;
  private final RequestProgress progress;

  ComposedRequest(InpaintRequest request, List<Composition.Stage> stages) {
    this.request = request;
    this.stages = stages;
    int[] weights = new int[stages.size() * request.candidates()];
    for (int i = 0; i < weights.length; i++) {
      long pixels = stages.get(i / request.candidates()).hole().holeCount();
      weights[i] = (int) Math.max(1, STEPS * pixels / request.mask().holeCount());
    }
    this.progress = RequestProgress.weighted(request, weights);
  }

  /** What the request's listener threw, if it did. */
  Optional<RuntimeException> listenerError() {
    return progress.error();
  }

  /** A photo on its way. */
  private static final class Candidate {
    final Photo photo;
    final List<InpaintResult.Part> parts = new ArrayList<>();
    final FillMap.Builder map;
    Duration blendTime = Duration.ZERO;

    /** Whether something was left out of it because the request was cancelled. */
    boolean cutShort;

    Candidate(Photo photo, Mask hole) {
      this.photo = photo;
      this.map = new FillMap.Builder(hole);
    }

    private Candidate(Candidate other) {
      photo = Photo.copyOf(other.photo.image());
      parts.addAll(other.parts);
      map = other.map.copy();
      blendTime = other.blendTime;
      cutShort = other.cutShort;
    }

    Candidate copy() {
      return new Candidate(this);
    }
  }

  /**
   * Does the work.
   *
   * @return the best result, which has the others
   */
  InpaintResult fill() {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(
        new Candidate(
            request.isInPlace() ? Photo.of(request.image()) : Photo.copyOf(request.image()),
            request.mask()));
    BitSet missing = request.mask().holeBits();
    for (int i = 0; i < stages.size(); i++) {
      missing.or(stages.get(i).hole().holeBits());
      Mask all = Mask.of(request.mask().size(), missing);
      if (candidates.size() == 1) {
        candidates = parted(i, all, candidates.get(0));
      } else {
        for (int rank = 0; rank < candidates.size(); rank++) {
          PlannedPart part = plan(stages.get(i), all, candidates.get(rank).photo);
          long start = System.nanoTime();
          Filling filling = made(i, part, rank, 1, candidates.get(rank).photo).get(0);
          write(stages.get(i), part, all, filling, start, candidates.get(rank));
        }
      }
      missing.andNot(stages.get(i).hole().holeBits());
    }
    checkState(
        missing.isEmpty(),
        "the stages of a composition must fill the whole hole: found %s pixels left",
        missing.cardinality());
    return result(candidates);
  }

  /** Fills as many candidates as the filler makes; the first goes on with the photo of before. */
  private List<Candidate> parted(int index, Mask missing, Candidate before) {
    Composition.Stage stage = stages.get(index);
    PlannedPart part = plan(stage, missing, before.photo);
    long start = System.nanoTime();
    List<? extends Filling> fillings = made(index, part, 0, request.candidates(), before.photo);
    List<Candidate> parted = new ArrayList<>();
    for (int rank = 0; rank < fillings.size(); rank++) {
      parted.add(rank == 0 ? before : before.copy());
    }
    for (int rank = 0; rank < fillings.size(); rank++) {
      write(stage, part, missing, fillings.get(rank), start, parted.get(rank));
    }
    for (int rank = 1; rank < request.candidates(); rank++) {
      progress.finished(index * request.candidates() + rank);
    }
    return parted;
  }

  private PlannedPart plan(Composition.Stage stage, Mask missing, Photo photo) {
    Filler filler = stage.filler();
    return stage
        .framed()
        .map(
            framed ->
                PlannedPart.inSquare(
                    photo,
                    missing,
                    framed,
                    filler.imageShape().orElseThrow(),
                    Shares.whole(stage.hole())))
        .orElseGet(
            () ->
                PlannedPart.aroundHole(
                    photo,
                    missing,
                    stage.hole(),
                    filler.context(),
                    request.sources(),
                    stage.avoided()));
  }

  /** The rank-th candidate has seeds of its own, the first those of the request. */
  private List<? extends Filling> made(
      int index, PlannedPart part, int rank, int candidates, Photo photo) {
    int number = index * request.candidates() + rank;
    FillListener listener = progress.ofWeighted(number, filling -> part.preview(photo, filling));
    long seed = rank == 0 ? request.seed() : Seeds.split(request.seed(), rank);
    FillTask task =
        new FillTask(part.target(), part.mask(), seed, candidates, listener)
            .sources(part.sources());
    List<? extends Filling> fillings = stages.get(index).filler().fill(task);
    if (progress.error().isPresent()) {
      // Nobody gets what the other stages would make.
      throw progress.error().get();
    }
    progress.finished(number);
    return fillings;
  }

  private void write(
      Composition.Stage stage,
      PlannedPart part,
      Mask missing,
      Filling filling,
      long start,
      Candidate candidate) {
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    long blend = System.nanoTime();
    part.write(
        candidate.photo,
        missing,
        filling.image(),
        stage.blender(),
        () -> {
          candidate.cutShort |= progress.isCancelled();
          return !candidate.cutShort;
        });
    candidate.blendTime = candidate.blendTime.plusNanos(System.nanoTime() - blend);
    candidate.map.add(stage.name(), part, filling);
    candidate.parts.add(
        new InpaintResult.Part(
            part.framed(), part.seen(), part.target(), part.mask(), filling, time));
  }

  private InpaintResult result(List<Candidate> candidates) {
    List<InpaintResult> others = new ArrayList<>();
    for (Candidate candidate : candidates.subList(1, candidates.size())) {
      others.add(result(candidate, List.of()));
    }
    return result(candidates.get(0), others);
  }

  private InpaintResult result(Candidate candidate, List<InpaintResult> others) {
    FillStatus status = candidate.cutShort ? FillStatus.CANCELLED : FillStatus.NOTHING_TO_FILL;
    List<InpaintWarning> warnings = new ArrayList<>();
    for (InpaintResult.Part part : candidate.parts) {
      FillStatus its = part.filling().status();
      status = status == FillStatus.NOTHING_TO_FILL ? its : status.and(its);
      warnings.addAll(Warnings.of(part));
    }
    return new InpaintResult(
        request,
        candidate.photo.image(),
        status,
        candidate.parts,
        candidate.map.build(),
        warnings,
        candidate.blendTime,
        new Provenance(provenance(), request.seed(), Versions.all()),
        others);
  }

  /** Of the fillers that worked. */
  private Map<String, String> provenance() {
    Map<String, String> made = new LinkedHashMap<>();
    for (Composition.Stage stage : stages) {
      stage
          .filler()
          .provenance()
          .forEach((name, value) -> made.put(stage.name() + " " + name, value));
    }
    return made;
  }
}
