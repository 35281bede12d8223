package org.inpaint4j.faces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.Framing;
import org.inpaint4j.LatentModel;
import org.inpaint4j.blend.DistanceBlender;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;
import org.inpaint4j.loss.ContextLoss;
import org.inpaint4j.model.StyleGan;
import org.inpaint4j.model.Weights;
import org.inpaint4j.model.face.Faces;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;
import org.inpaint4j.search.Optimizer;
import org.inpaint4j.search.SearchOptions;

/**
 * A {@link StyleGan} of frontal, aligned colour faces of 64x64 pixels, trained on CelebA.
 *
 * <p>Its weights are a resource of this jar, stored as float16. The model card, {@code
 * docs/model-card-style-faces64.md}, tells what it was trained on and what it cannot do. Do not use
 * it for anything but faces that fill the picture and look at the camera. For pictures that are
 * looked at take {@link FaceCompletion}, which takes one pass where this takes hundreds of steps.
 */
public final class StyleFaces64 implements LatentModel {

  private static final String RESOURCE = "style-faces64.safetensors";

  private static final int SIZE = 64;

  private static final int STEPS = 150;

  /** Of the length of a step over the root of the number of coordinates. */
  private static final double RATE = 0.02;

  /** Of known pixels far from the hole, as {@link Faces64} has it. */
  static final double EVERYWHERE = 0.02;

  private final Generator generator;
  private final Discriminator discriminator;

  private StyleFaces64(Generator generator, Discriminator discriminator) {
    this.generator = generator;
    this.discriminator = discriminator;
  }

  /**
   * Loads the model, which takes about a tenth of a second. {@link
   * org.inpaint4j.model.Models#asInPaper}, {@link StyleGan#wPlus(LatentModel)} and {@link
   * StyleGan#robust(LatentModel)} search its networks in other ways.
   *
   * @return the model; immutable, for use by any number of inpainters
   */
  public static StyleFaces64 load() {
    try {
      Weights weights = weights();
      return new StyleFaces64(
          StyleGan.generator(weights, new StyleGan.Options(SIZE, StyleGan.Space.W_PLUS, 1, false)),
          StyleGan.discriminator(weights, SIZE));
    } catch (IOException e) {
      throw new UncheckedIOException("the jar must hold the weights of StyleFaces64", e);
    }
  }

  /**
   * The weights as they ship, for training the model further.
   *
   * @return {@code g_running.generator…} and so on, {@code discriminator…}, and the mean style,
   *     {@link StyleGan#MEAN_STYLE}
   * @throws IOException if the jar is broken
   */
  public static Weights weights() throws IOException {
    return Weights.ofResource(StyleFaces64.class, RESOURCE);
  }

  /** In w+, without noise: its strengths are 0. */
  @Override
  public Generator generator() {
    return generator;
  }

  @Override
  public Optional<Discriminator> discriminator() {
    return Optional.of(discriminator);
  }

  /** The weighted context loss alone, with a weight of 0.02 on all known pixels. */
  @Override
  public List<LossTerm> losses() {
    return List.of(ContextLoss.weightedL1(generator.imageShape()).everywhere(EVERYWHERE));
  }

  /**
   * From the mean style half of {@value #STEPS} steps in w, the others in w+: a third of the steps
   * of {@link StyleGan#wPlus(LatentModel)}, each twice as long, which is as good
   * (docs/model-card-style-faces64.md).
   */
  @Override
  public SearchOptions search() {
    return SearchOptions.paperStyleGan().toBuilder()
        .steps(STEPS)
        .batchSize(16)
        .optimizer(new Optimizer.NormalizedGradientDescent(RATE, new Optimizer.Schedule(0, 1)))
        .build();
  }

  /** {@link Faces#framing}: the faces at the hole are found, and set upright. */
  @Override
  public Framing framing() {
    return Faces.framing();
  }

  /** {@link SmoothFill#BIHARMONIC} fills what of a hole lies outside of the faces. */
  @Override
  public Optional<Filler> rest() {
    return Optional.of(SmoothFill.BIHARMONIC);
  }

  @Override
  public Blender blender() {
    return DistanceBlender.create();
  }
}
