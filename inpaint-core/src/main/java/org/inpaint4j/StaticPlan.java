package org.inpaint4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The second pass over a gradient graph: everything is allocated once, and a step only replays ops.
 *
 * <p>SameDiff's sessions look up, infer shapes and allocate for every op of every run, about 0.15
 * ms an op. The shapes of a search never change, so here each op is bound to its arrays when the
 * plan is made. Inputs are given stages, and an op belongs to the last stage among its inputs:
 * running a stage computes what follows from its inputs and those of the stages before. Ops that
 * depend on constants alone run when the plan is made. A search has two stages: the images to
 * complete, once for each new image, and the latent, at each step.
 *
 * <p>Not safe for use by several threads at once.
 */
final class StaticPlan implements AutoCloseable {

  /** Ops that look only at the shape of their first input, which is fixed. */
  private static final Set<String> SHAPE_ONLY =
      Set.of("shape_of", "reduce_sum_bp", "reduce_mean_bp", "zeros_as", "ones_as", "size", "rank");

  private final Map<String, INDArray> arrays = new HashMap<>();
  private final Map<String, INDArray> constants = new HashMap<>();
  private final List<BoundOp> bound = new ArrayList<>();
  private final List<List<BoundOp>> stages = new ArrayList<>();
  private final List<INDArray> owned = new ArrayList<>();

  private StaticPlan() {}

  /**
   * Makes a plan for a graph.
   *
   * @param graph the graph. Not modified, but its constants are shared, so it must outlive the
   *     plan.
   * @param variable the input that changes at every step
   * @param wanted the variables that are read after a step
   * @return the plan; its inputs hold zeros
   */
  static StaticPlan compile(SameDiff graph, String variable, Set<String> wanted) {
    Set<String> others = new HashSet<>();
    for (SDVariable v : graph.variables()) {
      if (v.getVariableType() == VariableType.PLACEHOLDER && !v.name().equals(variable)) {
        others.add(v.name());
      }
    }
    StaticPlan plan = new StaticPlan();
    plan.addInputs(graph, Map.of());
    List<PlanOp> ops = plan.passes(PlanOp.of(graph), wanted, FastForms.Kind.ALL);
    plan.bind(ops, List.of(others, Set.of(variable)));
    return plan;
  }

  /**
   * Makes a plan for a graph whose inputs change in stages, weights among them: images of a batch
   * need not be independent, and only elementwise ops are replaced by faster ones.
   *
   * @param graph the graph. Not modified, but its constants are shared, so it must outlive the
   *     plan.
   * @param stages the names of all inputs, each in one stage
   * @param given arrays for some of the inputs, which the plan reads and does not own
   * @param wanted the variables that are read after a run
   * @return the plan; inputs that were not given hold zeros
   */
  static StaticPlan compile(
      SameDiff graph, List<Set<String>> stages, Map<String, INDArray> given, Set<String> wanted) {
    StaticPlan plan = new StaticPlan();
    plan.addInputs(graph, given);
    plan.bind(plan.passes(PlanOp.of(graph), wanted, FastForms.Kind.ELEMENTWISE), stages);
    return plan;
  }

  private void addInputs(SameDiff graph, Map<String, INDArray> given) {
    for (SDVariable variable : graph.variables()) {
      INDArray shared = given.get(variable.name());
      if (shared != null) {
        arrays.put(variable.name(), shared);
      } else if (variable.getVariableType() == VariableType.PLACEHOLDER) {
        INDArray array = Nd4j.create(variable.dataType(), variable.placeholderShape());
        owned.add(array);
        arrays.put(variable.name(), array);
      } else if (variable.getVariableType() != VariableType.ARRAY) {
        constants.put(variable.name(), variable.getArr());
      }
    }
    arrays.putAll(constants);
  }

  private List<PlanOp> passes(List<PlanOp> ops, Set<String> wanted, FastForms.Kind forms) {
    Map<String, LongShapeDescriptor> variables = describe(ops, arrays);
    Set<String> shared = Set.copyOf(constants.keySet());
    List<PlanOp> fast =
        FastForms.apply(FrozenWeights.apply(ops, variables, wanted), variables, constants, forms);
    constants.forEach(
        (name, array) -> {
          if (!shared.contains(name)) {
            owned.add(array);
            arrays.put(name, array);
          }
        });
    return fast;
  }

  /**
   * Shapes and types of all variables. Every op is bound, and those that compute shapes are run;
   * the memory of the others is never touched.
   */
  private static Map<String, LongShapeDescriptor> describe(
      List<PlanOp> ops, Map<String, INDArray> inputs) {
    Map<String, INDArray> arrays = new HashMap<>(inputs);
    List<BoundOp> bound = new ArrayList<>();
    try {
      for (PlanOp op : ops) {
        BoundOp ready = bind(op, arrays);
        bound.add(ready);
        if (computesShape(ready)) {
          ready.run();
        }
      }
      Map<String, LongShapeDescriptor> variables = new HashMap<>();
      arrays.forEach(
          (name, array) ->
              variables.put(name, LongShapeDescriptor.fromShape(array.shape(), array.dataType())));
      return variables;
    } finally {
      bound.forEach(BoundOp::close);
    }
  }

  private static boolean computesShape(BoundOp op) {
    return op.outputs().stream().allMatch(array -> array.dataType().isIntType());
  }

  private static BoundOp bind(PlanOp op, Map<String, INDArray> arrays) {
    List<INDArray> inputs = new ArrayList<>();
    for (String name : op.inputs()) {
      INDArray array = arrays.get(name);
      if (array == null) {
        throw new IllegalStateException(
            "the input '" + name + "' of " + op.name() + " must be computed before it: found none");
      }
      inputs.add(array);
    }
    BoundOp bound = BoundOp.bind(op, inputs);
    for (int k = 0; k < op.outputs().size(); k++) {
      arrays.put(op.output(k), bound.outputs().get(k));
    }
    return bound;
  }

  private void bind(List<PlanOp> ops, List<Set<String>> inputs) {
    Map<String, Integer> stageOf = new HashMap<>();
    for (Set<String> names : inputs) {
      for (String name : names) {
        stageOf.put(name, stages.size());
      }
      stages.add(new ArrayList<>());
    }
    for (PlanOp op : ops) {
      BoundOp ready = bind(op, arrays);
      bound.add(ready);
      List<String> read =
          SHAPE_ONLY.contains(op.name()) ? op.inputs().subList(1, op.inputs().size()) : op.inputs();
      int stage = -1;
      for (String name : read) {
        stage = Math.max(stage, stageOf.getOrDefault(name, -1));
      }
      if (stage < 0) {
        ready.run();
        continue;
      }
      for (String output : op.outputs()) {
        stageOf.put(output, stage);
      }
      add(stages.get(stage), ready);
    }
  }

  private static void add(List<BoundOp> group, BoundOp op) {
    if (!op.isView()) {
      group.add(op);
    }
  }

  /**
   * The array of a variable: an input to fill before, or a result to read after a run.
   *
   * @param name an input of the graph, or a variable that was wanted
   * @return the array itself
   */
  INDArray array(String name) {
    INDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("a variable must be of the plan: found '" + name + "'");
    }
    return array;
  }

  /** Computes what depends on the images but not on the latent. */
  void runPerImage() {
    run(0);
  }

  /** Computes what depends on the latent. */
  void runPerStep() {
    run(stages.size() - 1);
  }

  /** Computes what depends on the inputs of a stage, and on none of a later one. */
  void run(int stage) {
    for (BoundOp op : stages.get(stage)) {
      op.run();
    }
  }

  /** The ops of a step, in running order. */
  List<BoundOp> perStep() {
    return stage(stages.size() - 1);
  }

  /** The ops of a stage, in running order. */
  List<BoundOp> stage(int stage) {
    return stages.get(stage);
  }

  /** Frees all arrays but the graph's constants. */
  @Override
  public void close() {
    bound.forEach(BoundOp::close);
    for (INDArray array : owned) {
      array.close();
    }
  }
}
