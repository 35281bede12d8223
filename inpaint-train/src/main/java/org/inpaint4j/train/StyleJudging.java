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
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The discriminator's half of an iteration of a StyleGAN: judges real and generated images, and at
 * some iterations points of the space of images twice, the second time moved, for a penalty of its
 * slope.
 */
final class StyleJudging implements AutoCloseable {

  /** What the names of the discriminator's parameters start with. */
  static final String DISCRIMINATOR = "judge.";

  private static final String REAL = "real";
  private static final String GENERATED = "generated";
  private static final String POINTS = "points";
  private static final String MOVED = "moved";
  private static final int JUDGE = 0;
  private static final int PENALISE = 1;

  private final StylePlace place;
  private final GraphPlan plan;
  private final PlannedNetwork judging;
  private final String realLoss;
  private final String generatedLoss;
  private final String penalty;
  private final List<String> gradients = new ArrayList<>();
  private final List<String> slopes = new ArrayList<>();
  private final float[] gradient;
  private final float[] more;

  /**
   * Makes the plan.
   *
   * @param place any of those that have these networks
   * @param shape all parameters of the discriminator
   * @param arrays of the parameters that are used, by the names of the inputs. Read by each run.
   */
  StyleJudging(
      StyleGanOptions options, StylePlace place, Shape shape, Map<String, INDArray> arrays) {
    this.place = place;
    gradient = new float[shape.size()];
    more = new float[shape.size()];
    SameDiff graph = Engine.newGraph();
    SDVariable real = images(graph, REAL);
    SDVariable generated = images(graph, GENERATED);
    SDVariable points = images(graph, POINTS);
    SDVariable moved = images(graph, MOVED);
    Optional<SDVariable> alpha =
        place.fading()
            ? Optional.of(graph.placeHolder(StyleSynthesis.ALPHA, DataType.FLOAT, 1))
            : Optional.empty();
    ParameterInputs parameters = new ParameterInputs(graph, shape, DISCRIMINATOR);
    StyleJudge judge =
        new StyleJudge(
            options.networks(), place, new StyleLayers(graph, parameters, place.batch()), alpha);
    AdversarialLoss adversarial = options.objective().loss();
    SDVariable ofReal = judge.logits(real);
    SDVariable ofGenerated = judge.logits(generated);
    SDVariable missed = adversarial.ofReal(ofReal);
    SDVariable fooled = adversarial.ofGenerated(ofGenerated);
    SDVariable slope =
        judge.logits(moved).sub(judge.logits(points)).mul(1 / options.objective().deviation());
    SDVariable excess = adversarial.penalty(slope);
    realLoss = missed.name();
    generatedLoss = fooled.name();
    penalty = excess.name();
    GraphPlan.addGradients(graph, missed.add(fooled), parameters.inOrder())
        .forEach(variable -> gradients.add(variable.name()));
    GraphPlan.addGradients(
            graph, excess.mul(options.objective().weight(place)), parameters.inOrder())
        .forEach(variable -> slopes.add(variable.name()));

    Set<String> first = PlannedNetwork.inputs(parameters.used(), DISCRIMINATOR);
    first.addAll(List.of(REAL, GENERATED));
    alpha.ifPresent(variable -> first.add(variable.name()));
    Set<String> wanted = new HashSet<>(gradients);
    wanted.addAll(slopes);
    wanted.addAll(List.of(realLoss, generatedLoss, penalty));

    plan = GraphPlan.trainable(graph, List.of(first, Set.of(POINTS, MOVED)), arrays, wanted);
    judging = new PlannedNetwork(plan, parameters.used(), DISCRIMINATOR);
  }

  private SDVariable images(SameDiff graph, String name) {
    return graph.placeHolder(name, DataType.FLOAT, place.batch(), 3, place.size(), place.size());
  }

  /**
   * Judges real and generated images.
   *
   * @param real [N, 3, side, side] in -1 to 1. Not modified.
   * @param generated [N, 3, side, side]. Not modified.
   */
  void judge(float[] real, float[] generated, float alpha) {
    plan.set(REAL, real, 0);
    plan.set(GENERATED, generated, 0);
    if (place.fading()) {
      plan.set(StyleSynthesis.ALPHA, new float[] {alpha}, 0);
    }
    plan.run(JUDGE);
    judging.gradient(gradients, gradient);
  }

  /**
   * Adds the gradient of the penalty to that of the last judgement.
   *
   * @param points [N, 3, side, side]. Not modified.
   * @param moved the same with a little noise. Not modified.
   * @return the penalty, without its weight
   */
  float penalise(float[] points, float[] moved) {
    plan.set(POINTS, points, 0);
    plan.set(MOVED, moved, 0);
    plan.run(PENALISE);
    judging.gradient(slopes, more);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += more[i];
    }
    return PlannedNetwork.scalar(plan, penalty);
  }

  /** The gradient of the last judgement, and of the penalty if there was one. */
  float[] gradient() {
    return gradient;
  }

  float realLoss() {
    return PlannedNetwork.scalar(plan, realLoss);
  }

  float generatedLoss() {
    return PlannedNetwork.scalar(plan, generatedLoss);
  }

  @Override
  public void close() {
    plan.close();
  }
}
