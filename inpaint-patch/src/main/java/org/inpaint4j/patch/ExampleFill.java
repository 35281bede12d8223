package org.inpaint4j.patch;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;

/**
 * Fills a hole with the same place of the picture that fits best, out of a set of pictures that are
 * aligned with it (after Hays and Efros, "Scene Completion Using Millions of Photographs", 2007):
 * other photos of the same person, set upright, say.
 *
 * <p>Each example is laid over the picture, as it is and mirrored, moved by some pixels, its
 * colours matched by a gain and an offset for each channel. The one with the smallest squared error
 * on the known pixels along the hole is taken. A {@code PoissonBlender} then hides what is left of
 * the difference.
 *
 * <p>Do not use it with examples that are not aligned, or with fewer than some dozens unless they
 * show the same thing: it copies, and cannot invent.
 */
public final class ExampleFill implements Filler {

  /** How many examples are compared pixel by pixel, for each candidate. */
  private static final int FINALISTS = 32;

  private final ImageShape shape;
  private final List<Example> examples;

  /** Of the samples of all examples. */
  private final String sha256;

  private ExampleFill(ImageShape shape, List<Example> examples) {
    this.shape = shape;
    this.examples = examples;
    sha256 = hash(examples);
  }

  /**
   * A filler from pictures.
   *
   * @param pictures [C, H, W] samples from 0 to 1, all of one shape, C 1 or 3, at least 16 pixels
   *     high and wide. Not modified. Kept in 8 bits a sample.
   * @return the filler, for pictures of that shape
   * @throws IllegalArgumentException if there are no pictures, or their shapes differ or are too
   *     small
   */
  public static ExampleFill of(Iterable<ImagePlanes> pictures) {
    List<Example> examples = new ArrayList<>();
    ImageShape shape = null;
    for (ImagePlanes picture : pictures) {
      ImageShape own = new ImageShape(picture.channels(), picture.size());
      if (shape == null) {
        shape = own;
        checkArgument(
            own.width() >= Example.SMALLEST && own.height() >= Example.SMALLEST,
            "examples must be at least %s pixels high and wide: found %s",
            Example.SMALLEST,
            own);
      }
      checkArgument(
          own.equals(shape), "examples must be of one shape: expected %s, found %s", shape, own);
      examples.add(Example.of(picture));
    }
    checkArgument(shape != null, "examples must be given: found none");
    return new ExampleFill(shape, List.copyOf(examples));
  }

  @Override
  public Optional<ImageShape> imageShape() {
    return Optional.of(shape);
  }

  /**
   * Fills the hole from the examples that fit best.
   *
   * <p>Each candidate comes from another example. The listener is told after each example, with the
   * smallest error so far, in squared sample steps.
   *
   * @param task what to fill, of {@link #imageShape}. Not modified.
   * @return the candidates, the best first; at most one an example. If cancelled, the best of those
   *     that were looked at.
   * @throws IllegalArgumentException if the task has another shape
   */
  @Override
  public List<Filling> fill(FillTask task) {
    ImageShape own = new ImageShape(task.target().channels(), task.target().size());
    checkArgument(
        own.equals(shape),
        "examples must be of the picture's shape: expected %s, found %s",
        own,
        shape);
    ExampleMatch match = new ExampleMatch(task.target(), task.mask());
    List<ExampleMatch.Fit> fits = new ArrayList<>();
    FillStatus status = FillStatus.COMPLETED;
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < examples.size(); i++) {
      for (boolean mirrored : new boolean[] {false, true}) {
        ExampleMatch.Fit fit = match.roughly(examples.get(i), mirrored);
        fits.add(fit);
        best = Math.min(best, fit.error());
      }
      boolean goesOn =
          task.listener().onStep(i + 1, examples.size(), best)
              && !Thread.currentThread().isInterrupted();
      if (!goesOn) {
        status = FillStatus.CANCELLED;
        break;
      }
    }
    Comparator<ExampleMatch.Fit> order = Comparator.comparingDouble(ExampleMatch.Fit::error);
    List<ExampleMatch.Fit> finalists =
        fits.stream()
            .sorted(order)
            .limit((long) FINALISTS * task.candidates())
            .map(match::exactly)
            .sorted(order)
            .toList();
    List<Filling> fillings = new ArrayList<>();
    Set<Example> used = Collections.newSetFromMap(new IdentityHashMap<>());
    for (ExampleMatch.Fit fit : finalists) {
      if (fillings.size() < task.candidates() && used.add(fit.example())) {
        fillings.add(Filling.of(match.laidOver(fit), status));
      }
    }
    return fillings;
  }

  @Override
  public boolean isThreadSafe() {
    return true;
  }

  @Override
  public Map<String, String> provenance() {
    return Map.of(
        "filler",
        "examples",
        "examples",
        String.valueOf(examples.size()),
        "shape",
        shape.toString(),
        "sha256",
        sha256);
  }

  private static String hash(List<Example> examples) {
    Hasher digest = Hashing.sha256().newHasher();
    examples.forEach(example -> digest.putBytes(example.fine));
    return digest.hash().toString();
  }
}
