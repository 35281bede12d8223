package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.graph.GraphPlan;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The discriminator's half of an iteration of completions: judges a batch of true pictures and one
 * of composited ones, for the gradient of the discriminator.
 */
final class CompletionJudge implements AutoCloseable {

  private static final String SEEN = "seen";

  private final GraphPlan plan;
  private final PlannedNetwork judging;
  private final String realLoss;
  private final String madeLoss;
  private final List<String> maps = new ArrayList<>();
  private final List<String> gradients = new ArrayList<>();
  private final float[] gradient;
  private final float[] composited;
  private final Runnable looking;

  /**
   * Makes the plan.
   *
   * @param shape of the discriminator
   */
  CompletionJudge(CompletionOptions options, Shape shape) {
    gradient = new float[shape.size()];
    int batch = options.batch().size();
    int side = options.design().imageSize();
    int patches = HoleWeights.patches(side);
    composited = new float[batch * 3 * side * side];
    SameDiff graph = Engine.newGraph();
    SDVariable truth =
        graph.placeHolder(CompletionMaker.TRUTH, DataType.FLOAT, batch, 3, side, side);
    SDVariable mask = graph.placeHolder(CompletionMaker.MASK, DataType.FLOAT, batch, 1, side, side);
    SDVariable pictures =
        graph.placeHolder(CompletionMaker.COMPOSITED, DataType.FLOAT, batch, 3, side, side);
    SDVariable seen = graph.placeHolder(SEEN, DataType.FLOAT, batch, 1, patches, patches);
    JudgeGraph judge = new JudgeGraph(graph, options, shape, CompletionReview.JUDGE);
    JudgeGraph.Output real = judge.judge(truth, mask);
    JudgeGraph.Output made = judge.judge(pictures, mask);
    SDVariable missed =
        AdversarialLoss.LOGISTIC
            .ofReal(real.whole())
            .add(AdversarialLoss.softplus(real.patches().neg()).mul(seen).sum())
            .mul(0.5);
    SDVariable fooled =
        AdversarialLoss.LOGISTIC
            .ofGenerated(made.whole())
            .add(AdversarialLoss.softplus(made.patches()).mul(seen).sum())
            .mul(0.5);
    realLoss = missed.name();
    madeLoss = fooled.name();
    real.maps().forEach(map -> maps.add(map.name()));
    GraphPlan.addGradients(graph, missed.add(fooled), judge.parameters())
        .forEach(variable -> gradients.add(variable.name()));

    Set<String> inputs = PlannedNetwork.inputs(shape, CompletionReview.JUDGE);
    inputs.addAll(
        List.of(CompletionMaker.TRUTH, CompletionMaker.MASK, CompletionMaker.COMPOSITED, SEEN));
    Set<String> wanted = new HashSet<>(gradients);
    wanted.addAll(maps);
    wanted.addAll(List.of(realLoss, madeLoss));
    plan = GraphPlan.trainable(graph, List.of(inputs), Map.of(), wanted);
    judging = new PlannedNetwork(plan, shape, CompletionReview.JUDGE);
    looking = plan.part(0, Set.copyOf(maps));
  }

  /** True pictures and masks as they are judged, for the plan of the completions to share. */
  Map<String, INDArray> pictures() {
    return Map.of(
        CompletionMaker.TRUTH, plan.array(CompletionMaker.TRUTH),
        CompletionMaker.MASK, plan.array(CompletionMaker.MASK));
  }

  /** Sets true pictures and masks. */
  void setPictures(CompletionIteration.Pictures pictures) {
    plan.set(CompletionMaker.TRUTH, pictures.truth(), 0);
    plan.set(CompletionMaker.MASK, HoleWeights.mask(pictures.holes()), 0);
  }

  /** Takes the composited pictures of the plan that has completed them. */
  void setComposited(GraphPlan maker) {
    maker.get(CompletionMaker.COMPOSITED, composited, 0);
    plan.set(CompletionMaker.COMPOSITED, composited, 0);
  }

  /** Hands the discriminator's values to the plan. */
  void set(float[] values) {
    judging.set(values);
  }

  /** Judges the pictures that are in the shared arrays. */
  void judge(HoleWeights holes) {
    plan.set(SEEN, holes.seen(), 0);
    plan.run(0);
  }

  /** Looks at the true pictures alone, for {@link #maps}. */
  void look() {
    looking.run();
  }

  /** What each convolution saw in the true pictures at the last look. */
  List<INDArray> maps() {
    return maps.stream().map(plan::array).toList();
  }

  /** The gradient of the last judgement, which may be modified. */
  float[] gradient() {
    judging.gradient(gradients, gradient);
    return gradient;
  }

  float realLoss() {
    return PlannedNetwork.scalar(plan, realLoss);
  }

  float madeLoss() {
    return PlannedNetwork.scalar(plan, madeLoss);
  }

  @Override
  public void close() {
    plan.close();
  }
}
