package org.inpaint4j.completion;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Seeds;
import org.inpaint4j.network.CompletionNetwork;
import org.jspecify.annotations.Nullable;

/**
 * Fills by one pass of a {@link CompletionNetwork} (context encoders: Pathak et al., "Context
 * Encoders: Feature Learning by Inpainting", 2016).
 *
 * <p>Each candidate is one pass with another latent vector, drawn from the seed of the task and the
 * number of the candidate. That of the first one is brought to half its distance from the mean (the
 * truncation of Brock, Donahue, Simonyan, 2019): it is the likelier picture. Candidates are ordered
 * by how well they agree with the known pixels along the hole.
 *
 * <p>Native memory is held from the first call until {@link #close}. Not for pictures unlike those
 * that the network was trained on.
 */
public final class CompletionFill implements Filler {

  /** How far from the mean the first candidate's latent is, as a share. */
  private static final float TRUNCATION = 0.5f;

  private final CompletionNetwork network;
  private @Nullable CompletionPlan plan;
  private boolean closed;

  private CompletionFill(CompletionNetwork network) {
    this.network = network;
  }

  /**
   * A filler.
   *
   * @param network what completes the images
   * @return a new filler
   */
  public static CompletionFill of(CompletionNetwork network) {
    return new CompletionFill(network);
  }

  @Override
  public Optional<ImageShape> imageShape() {
    return Optional.of(network.imageShape());
  }

  @Override
  public Map<String, String> provenance() {
    Map<String, String> made = new LinkedHashMap<>();
    made.put("filler", "completion");
    made.put("network", network.identity());
    return made;
  }

  /**
   * Fills the hole of one image.
   *
   * @param task what to fill, of {@link #imageShape}. Not modified.
   * @return the candidates, the best first; fewer than asked for, at least one, if cancelled
   * @throws IllegalArgumentException if the task has another shape
   * @throws IllegalStateException if this is closed
   */
  @Override
  public List<Filling> fill(FillTask task) {
    ImagePlanes target = task.target();
    checkArgument(
        network.imageShape().equals(new ImageShape(target.channels(), target.size())),
        "a completion must be given images of the network's shape: expected %s, found %s",
        network.imageShape(),
        target);
    checkState(!closed, "a filler must not be used after close()");
    if (plan == null) {
      plan = new CompletionPlan(network);
    }
    plan.load(target, task.mask());
    RimError rim = RimError.of(target, task.mask());
    List<ImagePlanes> images = new ArrayList<>();
    boolean goOn = true;
    for (int k = 0; k < task.candidates() && goOn; k++) {
      images.add(plan.run(latent(task.seed(), k)));
      goOn =
          task.listener().onStep(k + 1, task.candidates(), Double.NaN)
              && !Thread.currentThread().isInterrupted();
    }
    FillStatus status =
        images.size() < task.candidates() ? FillStatus.CANCELLED : FillStatus.COMPLETED;
    images.sort(Comparator.comparingDouble(rim::of));
    return images.stream().map(image -> Filling.of(image, status)).toList();
  }

  private float[] latent(long seed, int candidate) {
    Random random = new Random(Seeds.split(seed, candidate));
    float[] latent = new float[network.latentSize()];
    float share = candidate == 0 ? TRUNCATION : 1;
    for (int i = 0; i < latent.length; i++) {
      latent[i] = share * (float) random.nextGaussian();
    }
    return latent;
  }

  @Override
  public void close() {
    closed = true;
    if (plan != null) {
      plan.close();
      plan = null;
    }
  }
}
