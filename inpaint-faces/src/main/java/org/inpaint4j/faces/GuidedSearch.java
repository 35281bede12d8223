package org.inpaint4j.faces;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.LatentModel;
import org.inpaint4j.completion.CompletionFill;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.LatentPath;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Resampler;
import org.inpaint4j.image.Square;
import org.inpaint4j.loss.ContextLoss;
import org.inpaint4j.network.CompletionNetwork;
import org.inpaint4j.search.FoundLatent;
import org.inpaint4j.search.LatentSearch;
import org.inpaint4j.search.SearchOptions;

/**
 * Latent searches that a completion network guides: the completion is their target in the hole, and
 * each but the first begins with the latents that the one before it found.
 */
final class GuidedSearch implements Filler {

  /** What all searches of a task count together for the listener. */
  private static final int SHARES = 1000;

  /** The darkest sample of a guess: 0 in a hole means that nothing is there. */
  private static final float LEAST = 1e-3f;

  /**
   * A search for the completed picture.
   *
   * @param known the weight of known pixels away from the hole; those beside it have up to 0.5 more
   * @param guessed the weight of the completion in the hole
   * @param options how it is searched
   */
  record Stage(double known, double guessed, SearchOptions options) {

    private LatentSearch of(LatentModel model) {
      ContextLoss loss = ContextLoss.weightedL1(model.generator().imageShape());
      return new LatentSearch(
          model.generator(),
          model.discriminator(),
          List.of(loss.everywhere(known).inHole(guessed)),
          options,
          0);
    }
  }

  private final CompletionFill completion;
  private final List<Stage> stages;
  private final List<LatentSearch> searches;
  private final ImageShape shape;
  private final ImageShape searched;

  GuidedSearch(CompletionNetwork network, LatentModel model, List<Stage> stages) {
    completion = CompletionFill.of(network);
    this.stages = List.copyOf(stages);
    searches = stages.stream().map(stage -> stage.of(model)).toList();
    shape = network.imageShape();
    searched = model.generator().imageShape();
  }

  @Override
  public Optional<ImageShape> imageShape() {
    return Optional.of(shape);
  }

  /**
   * Completes and searches. If more than one candidate is asked for, each has a completion of its
   * own.
   *
   * @return fillings of the generator, enlarged; the first completion itself if that was cancelled
   */
  @Override
  public List<Filling> fill(FillTask task) {
    List<Filling> guesses = completion.fill(task.listener(FillListener.NONE));
    Mask mask = reduced(task.mask());
    List<Filling> fillings = new ArrayList<>();
    for (Filling guess : guesses) {
      Progress progress = new Progress(task.listener(), fillings.size(), guesses.size());
      Optional<Filling> found = follow(task, mask, guess.image(), progress);
      if (found.isEmpty()) {
        return fillings.isEmpty()
            ? List.of(Filling.of(guess.image(), FillStatus.CANCELLED))
            : fillings;
      }
      fillings.add(found.get());
      if (found.get().status() == FillStatus.CANCELLED) {
        return fillings;
      }
    }
    return fillings;
  }

  /** Searches for one guess; nothing if that ended before the last search had begun. */
  private Optional<Filling> follow(FillTask task, Mask mask, ImagePlanes guess, Progress progress) {
    ImagePlanes completed = completed(task, guess);
    List<List<Float>> starts = List.of();
    int last = searches.size() - 1;
    for (int i = 0; i < last; i++) {
      int kept = stages.get(i).options().restarts();
      FillTask fit = new FillTask(completed, mask, task.seed(), kept, progress.next(i));
      starts =
          searches.get(i).fill(fit.latents(new LatentPath(starts, Optional.empty()))).stream()
              .map(FoundLatent::latent)
              .toList();
      if (progress.cancelled() || Thread.currentThread().isInterrupted()) {
        return Optional.empty();
      }
    }
    FillTask guided =
        new FillTask(completed, mask, task.seed(), 1, progress.next(last))
            .latents(new LatentPath(starts, task.latents().listener()));
    return searches.get(last).fill(guided).stream().findFirst().map(this::enlarged);
  }

  private Filling enlarged(FoundLatent found) {
    Square whole = new Square(0, 0, shape.width());
    ImagePlanes image = Resampler.cover(found.image(), whole, Bounds.of(shape.pixels()));
    return new Enlarged(image, found.status(), found.warnings());
  }

  /** What a search found, at the size of the completion. */
  private record Enlarged(ImagePlanes image, FillStatus status, List<InpaintWarning> warnings)
      implements Filling {}

  /** The known pixels with the guess in the hole, at the size that is searched. */
  private ImagePlanes completed(FillTask task, ImagePlanes guess) {
    ImagePlanes seen = guess.copy();
    for (int i = 0; i < seen.samples().length; i++) {
      seen.samples()[i] = Math.max(LEAST, seen.samples()[i]);
    }
    ImagePlanes both = Blender.paste().blend(task.target(), seen, task.mask());
    return Resampler.cover(both, new Square(0, 0, searched.width()), Bounds.of(searched.pixels()));
  }

  /** Missing is what is missing by more than half: the rule of {@link Resampler#shrink}. */
  private Mask reduced(Mask mask) {
    int times = shape.width() / searched.width();
    return Mask.of(
        searched.width(),
        searched.height(),
        (x, y) -> {
          int missing = 0;
          for (int i = 0; i < times * times; i++) {
            missing += mask.isHole(x * times + i % times, y * times + i / times) ? 1 : 0;
          }
          return 2 * missing > times * times;
        });
  }

  @Override
  public Map<String, String> provenance() {
    Map<String, String> made = new LinkedHashMap<>();
    made.put("filler", "guided search");
    completion.provenance().forEach((name, value) -> made.put("completion " + name, value));
    int last = searches.size() - 1;
    searches
        .subList(0, last)
        .forEach(fit -> fit.provenance().forEach((name, value) -> made.put("fit " + name, value)));
    searches.get(last).provenance().forEach((name, value) -> made.put("search " + name, value));
    return made;
  }

  @Override
  public void close() {
    completion.close();
    searches.forEach(LatentSearch::close);
  }

  /** Tells the listener of a task how far all searches of all guesses are. */
  private final class Progress {

    private final FillListener listener;
    private final int before;
    private final int parts;
    private boolean cancelled;

    Progress(FillListener listener, int guess, int guesses) {
      this.listener = listener;
      before = guess * searches.size();
      parts = guesses * searches.size();
    }

    /** Of one search; only the last one minimises what the task is about. */
    FillListener next(int search) {
      boolean fits = search < searches.size() - 1;
      return (step, steps, loss) -> {
        long done = (long) (before + search) * steps + step;
        int share = (int) Math.max(1, done * SHARES / ((long) parts * steps));
        cancelled |= !listener.onStep(share, SHARES, fits ? Double.NaN : loss);
        return !cancelled;
      };
    }

    boolean cancelled() {
      return cancelled;
    }
  }
}
