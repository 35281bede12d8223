package org.inpaint4j.graph;

import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
 * <p>For every op of every run, SameDiff's sessions look up variables, infer shapes and allocate,
 * about 0.15 ms an op. The shapes of a search never change, so here each op is bound to its arrays
 * when the plan is made. Each input has a stage, and an op belongs to the last stage among its
 * inputs. Running a stage computes what depends on its inputs and on those of the stages before.
 * Ops that depend on constants alone run when the plan is made. A search has two stages: the images
 * to complete, once for each new image, and the latent, at each step. The memory of a value that is
 * no longer read is used for later values, see {@link Lifetimes}.
 *
 * <p>Not safe for use by several threads at once.
 */
final class StaticPlan implements AutoCloseable {

  private final Map<String, INDArray> arrays = new HashMap<>();
  private final Map<String, INDArray> constants = new HashMap<>();
  private final List<BoundOp> bound = new ArrayList<>();
  private final List<List<BoundOp>> stages = new ArrayList<>();
  private final PlanMemory memory = new PlanMemory();
  private final List<INDArray> owned = new ArrayList<>();

  private StaticPlan() {}

  /**
   * Makes a plan for a graph whose weights are constants; all passes are applied.
   *
   * @param graph the graph. Not modified, but its constants are shared, so it must outlive the
   *     plan.
   * @param stages the names of all inputs, each in one stage
   * @param wanted the variables that are read after a run
   * @return the plan; its inputs hold zeros
   */
  static StaticPlan frozen(SameDiff graph, List<Set<String>> stages, Set<String> wanted) {
    return compile(graph, stages, Map.of(), wanted, FastForms.ALL);
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
  static StaticPlan trainable(
      SameDiff graph, List<Set<String>> stages, Map<String, INDArray> given, Set<String> wanted) {
    return compile(graph, stages, given, wanted, FastForms.ELEMENTWISE);
  }

  private static StaticPlan compile(
      SameDiff graph,
      List<Set<String>> stages,
      Map<String, INDArray> given,
      Set<String> wanted,
      FastForms forms) {
    StaticPlan plan = new StaticPlan();
    plan.addInputs(graph, given);
    plan.bind(plan.passes(PlanOp.of(graph), wanted, forms), stages, wanted);
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

  private List<PlanOp> passes(List<PlanOp> ops, Set<String> wanted, FastForms forms) {
    Map<String, LongShapeDescriptor> variables = describe(ops, arrays);
    Set<String> shared = Set.copyOf(constants.keySet());
    List<PlanOp> fast =
        forms.apply(FrozenWeights.apply(ops, variables, wanted), variables, constants);
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
   * Shapes and types of all variables. Every op is bound, and those that compute shapes are run.
   */
  private static Map<String, LongShapeDescriptor> describe(
      List<PlanOp> ops, Map<String, INDArray> inputs) {
    Map<String, INDArray> arrays = new HashMap<>(inputs);
    List<BoundOp> bound = new ArrayList<>();
    try (ShapeMemory memory = new ShapeMemory()) {
      for (PlanOp op : ops) {
        BoundOp ready = bind(op, arrays, (name, shape) -> memory.create(shape));
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

  private static BoundOp bind(
      PlanOp op, Map<String, INDArray> arrays, BoundOp.Allocator allocator) {
    List<INDArray> inputs = new ArrayList<>();
    for (String name : op.inputs()) {
      INDArray array = arrays.get(name);
      if (array == null) {
        throw new IllegalStateException(
            "the input '" + name + "' of " + op.name() + " must be computed before it: found none");
      }
      inputs.add(array);
    }
    BoundOp bound = BoundOp.bind(op, inputs, allocator);
    for (int k = 0; k < op.outputs().size(); k++) {
      arrays.put(op.output(k), bound.outputs().get(k));
    }
    return bound;
  }

  private void bind(List<PlanOp> ops, List<Set<String>> inputs, Set<String> wanted) {
    inputs.forEach(stage -> stages.add(new ArrayList<>()));
    Lifetimes lifetimes = new Lifetimes(ops, inputs, wanted);
    BoundOp.Allocator allocator =
        (name, shape) -> lifetimes.isPassing(name) ? memory.take(shape) : memory.create(shape);
    for (int i = 0; i < ops.size(); i++) {
      BoundOp ready = bind(ops.get(i), arrays, allocator);
      bound.add(ready);
      if (lifetimes.stage(i) == Lifetimes.CONSTANT) {
        ready.run();
      } else if (!ready.isView()) {
        stages.get(lifetimes.stage(i)).add(ready);
      }
      for (String name : lifetimes.endingAfter(i)) {
        memory.giveBack(array(name));
      }
    }
    arrays.keySet().removeIf(lifetimes::isPassing);
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

  /** Computes what depends on the inputs of a stage, and on none of a later one. */
  void run(int stage) {
    for (BoundOp op : stages.get(stage)) {
      op.run();
    }
  }

  /**
   * The ops of a stage that some of its results need, in running order: the forward pass, say.
   *
   * @param names variables of the plan
   */
  List<BoundOp> part(int stage, Set<String> names) {
    Set<String> needed = new HashSet<>(names);
    Set<BoundOp> all = Collections.newSetFromMap(new IdentityHashMap<>());
    all.addAll(stage(stage));
    List<BoundOp> found = new ArrayList<>();
    for (BoundOp op : Lists.reverse(bound)) {
      if (op.op().outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(op.op().inputs());
        if (all.contains(op)) {
          found.add(op);
        }
      }
    }
    Collections.reverse(found);
    return found;
  }

  /** The ops of a stage, in running order. */
  List<BoundOp> stage(int stage) {
    return stages.get(stage);
  }

  /** Frees all arrays but the graph's constants. */
  @Override
  public void close() {
    bound.forEach(BoundOp::close);
    memory.close();
    owned.forEach(INDArray::close);
  }
}
