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
 * plan is made. The ops fall in three groups by what they depend on: those that depend on constants
 * alone run when the plan is made; those that depend on the images to complete run once for each
 * new image; those that depend on the latent run at each step.
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
  private final List<BoundOp> perImage = new ArrayList<>();
  private final List<BoundOp> perStep = new ArrayList<>();
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
    StaticPlan plan = new StaticPlan();
    plan.addInputs(graph);
    plan.bind(graph, plan.passes(PlanOp.of(graph), wanted), variable);
    return plan;
  }

  private void addInputs(SameDiff graph) {
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.PLACEHOLDER) {
        INDArray array = Nd4j.create(variable.dataType(), variable.placeholderShape());
        owned.add(array);
        arrays.put(variable.name(), array);
      } else if (variable.getVariableType() != VariableType.ARRAY) {
        constants.put(variable.name(), variable.getArr());
      }
    }
    arrays.putAll(constants);
  }

  private List<PlanOp> passes(List<PlanOp> ops, Set<String> wanted) {
    Map<String, LongShapeDescriptor> variables = describe(ops, arrays);
    Set<String> shared = Set.copyOf(constants.keySet());
    List<PlanOp> fast =
        FastForms.apply(FrozenWeights.apply(ops, variables, wanted), variables, constants);
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

  private void bind(SameDiff graph, List<PlanOp> ops, String variable) {
    Set<String> moving = new HashSet<>(Set.of(variable));
    Set<String> changing = new HashSet<>();
    for (SDVariable v : graph.variables()) {
      if (v.getVariableType() == VariableType.PLACEHOLDER && !v.name().equals(variable)) {
        changing.add(v.name());
      }
    }
    for (PlanOp op : ops) {
      BoundOp ready = bind(op, arrays);
      bound.add(ready);
      List<String> read =
          SHAPE_ONLY.contains(op.name()) ? op.inputs().subList(1, op.inputs().size()) : op.inputs();
      if (read.stream().anyMatch(moving::contains)) {
        moving.addAll(op.outputs());
        add(perStep, ready);
      } else if (read.stream().anyMatch(changing::contains)) {
        changing.addAll(op.outputs());
        add(perImage, ready);
      } else {
        ready.run();
      }
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
    for (BoundOp op : perImage) {
      op.run();
    }
  }

  /** Computes what depends on the latent. */
  void runPerStep() {
    for (BoundOp op : perStep) {
      op.run();
    }
  }

  /** The ops of a step, in running order. */
  List<BoundOp> perStep() {
    return perStep;
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
