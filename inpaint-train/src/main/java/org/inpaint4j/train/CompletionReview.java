package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inpaint4j.graph.GraphPlan;
import org.inpaint4j.model.EdgeMap;
import org.inpaint4j.model.Graphs;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The losses of a completion network, added to the graph of its {@link CompletionMaker}. All
 * weights are inputs or constants of the graph, so a loss is a sum of products.
 */
final class CompletionReview {

  /** What the names of the discriminator's parameters start with. */
  static final String JUDGE = "judge.";

  private static final String NEAR = "near";
  private static final String KNOWN = "known";
  private static final String WHOLE = "whole-weights";
  private static final String PATCHES = "patch-weights";
  private static final String REAL = "real-map-";
  private static final String SCALE = "map-scale-";
  private static final String PAIRS = "pairs";

  /** A loss in the graph, times its weight, and its name in the order of {@link Losses}. */
  private enum Part {
    HOLE,
    KNOWN,
    SQUARED,
    ADVERSARIAL,
    MATCHING,
    FEATURES,
    DIFFERENCE,
    EDGES
  }

  private final CompletionOptions options;
  private final int batch;
  private final int side;

  /** In the order in which they are added. */
  private final Map<Part, SDVariable> parts = new EnumMap<>(Part.class);

  private final Optional<FeatureTerm> features;
  private final Set<String> inputs = new HashSet<>();
  private final SDVariable total;

  /**
   * Adds the losses.
   *
   * @param shape of the discriminator
   * @param maps those of the discriminator for true pictures, as {@link CompletionJudge} has them
   */
  CompletionReview(
      CompletionOptions options, CompletionMaker maker, Shape shape, List<INDArray> maps) {
    this.options = options;
    batch = options.batch().size();
    side = options.design().imageSize();
    CompletionLosses losses = options.losses();
    SameDiff graph = maker.graph();
    SDVariable apart = maker.answer().sub(maker.truth());
    SDVariable off = graph.math().abs(apart);
    SDVariable near = pixels(graph, NEAR, batch);
    parts.put(Part.HOLE, off.mul(near).sum().mul(losses.hole()));
    parts.put(Part.KNOWN, off.mul(pixels(graph, KNOWN, batch)).sum().mul(losses.known()));
    if (losses.squared() > 0) {
      SDVariable squares = apart.mul(apart).mul(near).sum();
      parts.put(Part.SQUARED, squares.mul(losses.squared()));
    }
    JudgeGraph judge = new JudgeGraph(graph, options, shape, JUDGE);
    JudgeGraph.Output judgement = judge.judge(maker.composited(), maker.mask());
    inputs.addAll(PlannedNetwork.inputs(shape, JUDGE));
    parts.put(Part.ADVERSARIAL, adversarial(graph, judgement));
    if (losses.matching() > 0) {
      parts.put(Part.MATCHING, matching(graph, judgement.maps(), maps));
    }
    if (losses.difference() > 0) {
      parts.put(Part.DIFFERENCE, difference(graph, maker.answer()));
    }
    if (losses.edges() > 0) {
      maker.edges().ifPresent(made -> parts.put(Part.EDGES, edges(graph, maker, made)));
    }
    features =
        losses.features() > 0
            ? Optional.of(new FeatureTerm(graph, maker.truth(), maker.composited(), batch, side))
            : Optional.empty();
    features.ifPresent(
        term -> {
          parts.put(Part.FEATURES, term.value());
          inputs.addAll(term.inputs());
        });
    total = parts.values().stream().reduce(SDVariable::add).orElseThrow();
  }

  private SDVariable pixels(SameDiff graph, String name, int count) {
    return input(graph, name, count, 1, side, side);
  }

  private SDVariable input(SameDiff graph, String name, long... shape) {
    inputs.add(name);
    return graph.placeHolder(name, DataType.FLOAT, shape);
  }

  /** -log D of whole pictures and of the patches that see the hole, half of each. */
  private SDVariable adversarial(SameDiff graph, JudgeGraph.Output judgement) {
    int patches = HoleWeights.patches(side);
    SDVariable whole = AdversarialLoss.softplus(judgement.whole().neg());
    SDVariable patch = AdversarialLoss.softplus(judgement.patches().neg());
    return whole
        .mul(input(graph, WHOLE, batch, 1, 1, 1))
        .sum()
        .add(patch.mul(input(graph, PATCHES, batch, 1, patches, patches)).sum());
  }

  /** The mean absolute difference of each map, relative to the mean of the true one. */
  private SDVariable matching(SameDiff graph, List<SDVariable> ours, List<INDArray> maps) {
    List<SDVariable> terms = new ArrayList<>();
    for (int level = 0; level < maps.size(); level++) {
      SDVariable real = input(graph, REAL + level, maps.get(level).shape());
      SDVariable scale = input(graph, SCALE + level, 1, 1, 1, 1);
      SDVariable size = graph.reshape(graph.math().abs(real).mean(), 1, 1, 1, 1);
      SDVariable factor = graph.math().reciprocal(size).mul(scale);
      terms.add(graph.math().abs(real.sub(ours.get(level))).mul(factor).mean());
    }
    return terms.stream().reduce(SDVariable::add).orElseThrow();
  }

  /** The mean absolute difference of the edges in the hole; near weights sum up to a third. */
  private SDVariable edges(SameDiff graph, CompletionMaker maker, SDVariable made) {
    String ones = Graphs.freshScope(graph, "all-known") + "mask";
    float[] known = filled(batch * side * side, 1);
    SDVariable all = Graphs.constant(graph, ones, known, batch, 1, side, side);
    SDVariable wanted = EdgeMap.of(graph, maker.truth(), all);
    SDVariable near = graph.getVariable(NEAR);
    SDVariable off = graph.math().abs(made.sub(wanted)).mul(near).sum();
    return off.mul(3 * options.losses().edges());
  }

  /** Minus the mean difference of two answers to one picture, each up to the limit. */
  private SDVariable difference(SameDiff graph, SDVariable answer) {
    int pairs = options.batch().pairs();
    double limit = options.losses().differenceLimit();
    SDVariable first = graph.slice(answer, new int[] {0, 0, 0, 0}, pairs, 3, side, side);
    SDVariable last = graph.slice(answer, new int[] {batch - pairs, 0, 0, 0}, pairs, 3, side, side);
    SDVariable apart = graph.math().abs(last.sub(first)).mul(pixels(graph, PAIRS, pairs));
    SDVariable each = graph.reshape(apart, pairs, 3L * side * side).sum(1);
    SDVariable rewarded = graph.nn().relu(each.rsub(limit), 0).rsub(limit);
    return rewarded.mean().mul(-options.losses().difference());
  }

  /** All losses, a scalar. */
  SDVariable total() {
    return total;
  }

  /** The names of the inputs that a completion does not need. */
  Set<String> inputs() {
    return inputs;
  }

  /** What is read between runs. */
  Set<String> wanted() {
    Set<String> wanted = new HashSet<>();
    parts.values().forEach(part -> wanted.add(part.name()));
    return wanted;
  }

  /** The arrays of the inputs that the discriminator's plan computes. */
  Map<String, INDArray> shared(List<INDArray> maps) {
    Map<String, INDArray> shared = new HashMap<>();
    if (parts.containsKey(Part.MATCHING)) {
      for (int level = 0; level < maps.size(); level++) {
        shared.put(REAL + level, maps.get(level));
      }
    }
    return shared;
  }

  /**
   * Hands the weights of a batch to the plan.
   *
   * @param iteration from 0
   */
  void set(GraphPlan plan, HoleWeights holes, int iteration) {
    CompletionLosses losses = options.losses();
    plan.set(NEAR, holes.near(losses.discount()), 0);
    plan.set(KNOWN, holes.known(), 0);
    float adversarial = (float) adversarialWeight(iteration);
    plan.set(WHOLE, filled(batch, adversarial / (2 * batch)), 0);
    float[] seen = holes.seen();
    for (int i = 0; i < seen.length; i++) {
      seen[i] *= adversarial / 2;
    }
    plan.set(PATCHES, seen, 0);
    if (parts.containsKey(Part.MATCHING)) {
      int levels = options.judge().size();
      for (int level = 0; level < levels; level++) {
        double scale = losses.matching() / (levels * holes.share(side >> (level + 1)));
        plan.set(SCALE + level, filled(1, (float) scale), 0);
      }
    }
    if (parts.containsKey(Part.DIFFERENCE)) {
      plan.set(PAIRS, holes.first(options.batch().pairs()), 0);
    }
    features.ifPresent(term -> term.set(plan, holes, featureWeight(iteration)));
  }

  private static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }

  private double adversarialWeight(int iteration) {
    double weight = options.losses().adversarial();
    return iteration >= options.schedule().adversarialFrom() ? weight : weight / 6;
  }

  private double featureWeight(int iteration) {
    return iteration >= options.schedule().featuresFrom() ? options.losses().features() : 0;
  }

  /**
   * The losses of the last run, without their weights.
   *
   * @param iteration from 0
   */
  Losses losses(GraphPlan plan, int iteration) {
    CompletionLosses weights = options.losses();
    return new Losses(
        value(plan, Part.HOLE, weights.hole()),
        value(plan, Part.KNOWN, weights.known()),
        value(plan, Part.SQUARED, weights.squared()),
        value(plan, Part.ADVERSARIAL, adversarialWeight(iteration)),
        value(plan, Part.MATCHING, weights.matching()),
        value(plan, Part.FEATURES, featureWeight(iteration)),
        value(plan, Part.DIFFERENCE, -weights.difference()),
        value(plan, Part.EDGES, weights.edges()));
  }

  private float value(GraphPlan plan, Part part, double weight) {
    SDVariable value = parts.get(part);
    return value == null || weight == 0
        ? 0
        : (float) (PlannedNetwork.scalar(plan, value.name()) / weight);
  }

  /**
   * The losses of a batch; 0 for those that are not computed.
   *
   * @param hole the mean absolute difference in the hole
   * @param known that of known pixels
   * @param squared the mean squared difference in the hole
   * @param adversarial -log D of the composited pictures
   * @param matching the difference of the discriminator's maps
   * @param features the distance of SqueezeNet's features
   * @param difference of two answers to one picture
   * @param edges the mean absolute difference of the expected edges in the hole
   */
  record Losses(
      float hole,
      float known,
      float squared,
      float adversarial,
      float matching,
      float features,
      float difference,
      float edges) {}
}
