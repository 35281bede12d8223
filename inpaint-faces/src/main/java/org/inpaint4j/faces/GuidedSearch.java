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
 * A latent search that a completion network guides: latents that fit the completed picture are what
 * it begins with, and the completion is its target in the hole.
 */
final class GuidedSearch implements Filler {

  /** The weight of known pixels away from the hole, as in the model's own loss. */
  private static final double EVERYWHERE = 0.02;

  /** The weight of all pixels while latents are fitted to the completed picture. */
  private static final double FITTED = 0.1;

  /** The weight of the completion afterwards; known pixels beside the hole have up to 0.5. */
  private static final double GUESS = 0.1;

  /** What fit and search count together for the listener, half each. */
  private static final int SHARES = 1000;

  /** The darkest sample of a guess: 0 in a hole means that nothing is there. */
  private static final float LEAST = 1e-3f;

  private static final int STARTS = 4;
  private static final int FIT_STEPS = 24;
  private static final int STEPS = 40;

  private final CompletionFill completion;
  private final LatentSearch fit;
  private final LatentSearch search;
  private final ImageShape shape;
  private final ImageShape searched;

  GuidedSearch(CompletionNetwork network, LatentModel model) {
    completion = CompletionFill.of(network);
    shape = network.imageShape();
    searched = model.generator().imageShape();
    ContextLoss loss = ContextLoss.weightedL1(searched);
    SearchOptions options = SearchOptions.balanced().toBuilder().restarts(STARTS).build();
    fit =
        search(
            model,
            loss.everywhere(FITTED).inHole(FITTED),
            options.toBuilder().steps(FIT_STEPS).build());
    search =
        search(
            model,
            loss.everywhere(EVERYWHERE).inHole(GUESS),
            options.toBuilder().steps(STEPS).draws(STARTS).build());
  }

  private static LatentSearch search(LatentModel model, ContextLoss loss, SearchOptions options) {
    return new LatentSearch(model.generator(), model.discriminator(), List.of(loss), options, 0);
  }

  @Override
  public Optional<ImageShape> imageShape() {
    return Optional.of(shape);
  }

  /**
   * Completes, fits and searches.
   *
   * @return fillings of the generator, enlarged; the completion itself if that was cancelled
   */
  @Override
  public List<Filling> fill(FillTask task) {
    FillTask one = new FillTask(task.target(), task.mask(), task.seed(), 1, FillListener.NONE);
    Filling guess = completion.fill(one).get(0);
    ImagePlanes completed = completed(task, guess.image());
    Mask mask = reduced(task.mask());
    boolean[] cancelled = new boolean[1];
    FillListener first =
        (step, steps, loss) -> {
          cancelled[0] |= !task.listener().onStep(share(step, steps, 0), SHARES, Double.NaN);
          return !cancelled[0];
        };
    List<List<Float>> starts = new ArrayList<>();
    for (FoundLatent found : fit.fill(new FillTask(completed, mask, task.seed(), STARTS, first))) {
      starts.add(found.latent());
    }
    if (cancelled[0] || Thread.currentThread().isInterrupted()) {
      return List.of(Filling.of(guess.image(), FillStatus.CANCELLED));
    }
    FillTask guided =
        new FillTask(
            completed,
            mask,
            task.seed(),
            task.candidates(),
            (step, steps, loss) ->
                task.listener().onStep(share(step, steps, SHARES / 2), SHARES, loss),
            new LatentPath(starts, task.latents().listener()),
            Optional.empty());
    Square whole = new Square(0, 0, shape.width());
    Bounds all = Bounds.of(shape.pixels());
    return search.fill(guided).stream()
        .map(found -> Filling.of(Resampler.cover(found.image(), whole, all), found.status()))
        .toList();
  }

  /** How far one half of the work is, after what was done before it. */
  private static int share(int step, int steps, int before) {
    return before + Math.max(1, (int) ((long) step * (SHARES / 2) / steps));
  }

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
    fit.provenance().forEach((name, value) -> made.put("fit " + name, value));
    search.provenance().forEach((name, value) -> made.put("search " + name, value));
    return made;
  }

  @Override
  public void close() {
    completion.close();
    fit.close();
    search.close();
  }
}
