package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.graph.GraphPlan;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The generator's half of an iteration of a StyleGAN: makes images, and later has the discriminator
 * judge them for the gradient of the generator.
 *
 * <p>Its plan has two stages, as that of {@link GeneratorHalf} has.
 */
final class StyleMaking implements AutoCloseable {

  private static final String GENERATOR = "making.";
  private static final int MAKE = 0;
  private static final int JUDGE = 1;

  private final StylePlace place;
  private final GraphPlan plan;
  private final PlannedNetwork making;
  private final PlannedNetwork judging;
  private final String images;
  private final String loss;
  private final List<String> gradients = new ArrayList<>();
  private final float[] gradient;

  /**
   * Makes the plan.
   *
   * @param place any of those that have these networks
   * @param generator all parameters of the generator
   * @param discriminator all parameters of the discriminator
   */
  StyleMaking(StyleGanOptions options, StylePlace place, Shape generator, Shape discriminator) {
    this.place = place;
    gradient = new float[generator.size()];
    SameDiff graph = Engine.newGraph();
    ParameterInputs ofGenerator = new ParameterInputs(graph, generator, GENERATOR);
    ParameterInputs ofDiscriminator =
        new ParameterInputs(graph, discriminator, StyleJudging.DISCRIMINATOR);
    SDVariable made =
        new StyleSynthesis(
                options.networks(), place, new StyleLayers(graph, ofGenerator, place.batch()))
            .images();
    Optional<SDVariable> alpha =
        place.fading() ? Optional.of(graph.getVariable(StyleSynthesis.ALPHA)) : Optional.empty();
    SDVariable logits =
        new StyleJudge(
                options.networks(),
                place,
                new StyleLayers(graph, ofDiscriminator, place.batch()),
                alpha)
            .logits(made);
    SDVariable takenForReal = options.objective().loss().ofJudged(logits);
    images = made.name();
    loss = takenForReal.name();
    GraphPlan.addGradients(graph, takenForReal, ofGenerator.inOrder())
        .forEach(variable -> gradients.add(variable.name()));

    Set<String> first = PlannedNetwork.inputs(ofGenerator.used(), GENERATOR);
    first.addAll(StyleSynthesis.inputs(place));
    Set<String> second = PlannedNetwork.inputs(ofDiscriminator.used(), StyleJudging.DISCRIMINATOR);
    Set<String> wanted = new HashSet<>(gradients);
    wanted.addAll(List.of(images, loss));
    plan = GraphPlan.trainable(graph, List.of(first, second), Map.of(), wanted);
    making = new PlannedNetwork(plan, ofGenerator.used(), GENERATOR);
    judging = new PlannedNetwork(plan, ofDiscriminator.used(), StyleJudging.DISCRIMINATOR);
  }

  /** The generator in the plan, with the parameters that it uses. */
  PlannedNetwork generator() {
    return making;
  }

  /** The discriminator in the plan, with the parameters that it uses. */
  PlannedNetwork discriminator() {
    return judging;
  }

  /** Reads the images that were made last. */
  void images(float[] into) {
    plan.get(images, into, 0);
  }

  /** Makes images. */
  void make(StyleDraw draw, float alpha) {
    plan.set(StyleSynthesis.LATENTS, draw.latents(), 0);
    for (int i = 0; i <= place.level(); i++) {
      plan.set(StyleSynthesis.noise(i), draw.noise().get(i), 0);
      plan.set(StyleSynthesis.choice(i), draw.choice(i), 0);
    }
    if (place.fading()) {
      plan.set(StyleSynthesis.ALPHA, new float[] {alpha}, 0);
    }
    plan.run(MAKE);
  }

  /** The loss of the images that were made last, by the discriminator that the plan has now. */
  float judge() {
    plan.run(JUDGE);
    return PlannedNetwork.scalar(plan, loss);
  }

  /** The gradient of the last judgement. */
  float[] gradient() {
    making.gradient(gradients, gradient);
    return gradient;
  }

  @Override
  public void close() {
    plan.close();
  }
}
