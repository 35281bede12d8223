package org.inpaint4j.graph;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A SameDiff graph that is run many times: the way into the engine.
 *
 * <p>Everything is allocated when the plan is made; a run only replays ops. Inputs are
 * placeholders, and each belongs to a stage. {@link #run} computes the variables that follow from
 * the inputs of one stage and of the stages before it, so what an earlier stage has computed is
 * used again: a search computes what depends on the image once, and what depends on the latent at
 * each step.
 *
 * <p>There are two kinds. In a {@link #frozen} plan the weights are constants of the graph; their
 * gradients are never computed, and their matrices are laid out once. In a {@link #trainable} plan
 * the weights are inputs.
 *
 * <p>Not safe for use by several threads at once. Holds native memory until {@link #close}; after
 * that every method but {@code close} and {@code toString} throws {@link IllegalStateException}.
 */
public final class GraphPlan implements AutoCloseable {

  private final SameDiff graph;
  private final StaticPlan plan;
  private final Map<String, FloatTransfer> transfers = new HashMap<>();
  private boolean closed;

  private GraphPlan(SameDiff graph, StaticPlan plan) {
    this.graph = graph;
    this.plan = plan;
  }

  /**
   * Adds the gradients of a loss to a graph.
   *
   * <p>The derivatives are SameDiff's. An op of a class that overrides {@code doDiff} brings its
   * own, and may answer null for an input whose gradient takes another way.
   *
   * @param graph modified: the ops of the gradients are appended
   * @param loss a scalar of the graph
   * @param variables inputs of the graph that the loss depends on
   * @return d loss / d variable for each of the variables, in their order and of their shapes
   * @throws IllegalArgumentException if the loss does not depend on one of the variables, or an op
   *     between them has no derivative
   */
  public static List<SDVariable> addGradients(
      SameDiff graph, SDVariable loss, List<SDVariable> variables) {
    return Backprop.gradients(graph, loss, variables);
  }

  /**
   * Makes a plan of a graph whose weights are constants, and whose images of a batch do not
   * influence one another.
   *
   * @param graph the graph; all its placeholders have fixed shapes. Not modified, but its constants
   *     are shared, so it must outlive the plan.
   * @param stages the names of all placeholders, each in exactly one stage
   * @param wanted the variables that are read after runs; whatever none of them needs is not
   *     computed
   * @return the plan; its inputs hold zeros
   * @throws IllegalArgumentException if the stages are not the placeholders
   */
  public static GraphPlan frozen(SameDiff graph, List<Set<String>> stages, Set<String> wanted) {
    checkStages(inputs(graph).keySet(), stages);
    return new GraphPlan(graph, StaticPlan.frozen(graph, stages, wanted));
  }

  /**
   * Makes a plan of a graph all of whose inputs change, weights included. Images of a batch may
   * influence one another.
   *
   * <p>Do not use it where weights stay as they are: a {@link #frozen} plan runs faster.
   *
   * @param graph the graph; all its placeholders have fixed shapes. Not modified, but its constants
   *     are shared, so it must outlive the plan.
   * @param stages the names of all placeholders, each in exactly one stage
   * @param shared arrays for some of the placeholders, of their shape and type, dense and in C
   *     order. The plan reads them at each run and does not free them; several plans may share one.
   * @param wanted the variables that are read after runs; whatever none of them needs is not
   *     computed
   * @return the plan; inputs that are not shared hold zeros
   * @throws IllegalArgumentException if the stages are not the placeholders, or a shared array does
   *     not fit
   */
  public static GraphPlan trainable(
      SameDiff graph, List<Set<String>> stages, Map<String, INDArray> shared, Set<String> wanted) {
    Map<String, SDVariable> inputs = inputs(graph);
    checkStages(inputs.keySet(), stages);
    shared.forEach((name, array) -> checkFits(name, inputs.get(name), array));
    return new GraphPlan(graph, StaticPlan.trainable(graph, stages, shared, wanted));
  }

  private static Map<String, SDVariable> inputs(SameDiff graph) {
    Map<String, SDVariable> inputs = new HashMap<>();
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.PLACEHOLDER) {
        inputs.put(variable.name(), variable);
      }
    }
    return inputs;
  }

  private static void checkStages(Set<String> inputs, List<Set<String>> stages) {
    Set<String> staged = new LinkedHashSet<>();
    for (Set<String> stage : stages) {
      for (String name : stage) {
        checkArgument(staged.add(name), "an input must be in one stage: found '%s' twice", name);
      }
    }
    checkArgument(
        staged.equals(inputs),
        "stages must hold all inputs of the graph: expected %s, found %s",
        inputs,
        staged);
  }

  private static void checkFits(String name, @Nullable SDVariable input, INDArray array) {
    checkArgument(input != null, "a shared array must be of an input: found '%s'", name);
    checkArgument(
        Arrays.equals(input.placeholderShape(), array.shape())
            && input.dataType() == array.dataType()
            && array.ordering() == 'c'
            && !array.isView(),
        "the shared array '%s' must fit its input: expected dense %s %s, found %s",
        name,
        input.dataType(),
        Arrays.toString(input.placeholderShape()),
        array.shapeInfoToString());
  }

  /**
   * The array of a variable: an input to fill before a run, or a result to read after it.
   *
   * @param name an input of the graph, or a variable that was wanted
   * @return the array itself, valid until the plan is closed
   * @throws IllegalArgumentException if there is no such variable
   */
  public INDArray array(String name) {
    return open().array(name);
  }

  /**
   * Computes what depends on the inputs of a stage and on none of a later one, from what the inputs
   * hold now.
   *
   * @param stage the number of the stage, from 0
   */
  public void run(int stage) {
    open().run(stage);
  }

  /**
   * Fills an input.
   *
   * @param name an input of the graph, of float32
   * @param values where its values are, in C order. Not modified.
   * @param from the index of the first of them
   */
  public void set(String name, float[] values, int from) {
    FloatTransfer transfer = transfer(name);
    transfer.writeAll(values, from);
    transfer.flush();
  }

  /**
   * Reads a variable.
   *
   * @param name an input of the graph, or a variable that was wanted, of float32
   * @param into where its values go, in C order
   * @param from the index of the first of them
   */
  public void get(String name, float[] into, int from) {
    FloatTransfer transfer = transfer(name);
    transfer.fetch();
    transfer.readAll(into, from);
  }

  /**
   * Fills an input item by item: the images of a batch, say.
   *
   * @param name an input of the graph, of float32, whose first axis counts the items
   * @param items the values of each item, in C order. Not modified.
   * @throws IllegalArgumentException if there are not as many items as the input has, or one has
   *     another length
   */
  public void setItems(String name, List<float[]> items) {
    FloatTransfer transfer = transfer(name);
    transfer.checkItems(name, items.size());
    for (int n = 0; n < items.size(); n++) {
      transfer.write(n, items.get(n));
    }
    transfer.flush();
  }

  /**
   * Reads one item of a variable.
   *
   * @param name a variable that was wanted, of float32, whose first axis counts the items
   * @param item the number of the item, from 0
   * @param into takes its values, in C order
   */
  public void getItem(String name, int item, float[] into) {
    FloatTransfer transfer = transfer(name);
    transfer.fetch();
    transfer.read(item, into);
  }

  /**
   * A part of a stage: only what some variables need, the forward pass of a training step, say.
   *
   * @param stage the number of the stage, from 0
   * @param names variables that were wanted
   * @return runs that part, as {@link #run} runs the whole stage
   */
  public Runnable part(int stage, Set<String> names) {
    List<BoundOp> ops = open().part(stage, names);
    return () -> {
      open();
      ops.forEach(BoundOp::run);
    };
  }

  private StaticPlan open() {
    checkState(!closed, "a plan must not be used after close()");
    return plan;
  }

  private FloatTransfer transfer(String name) {
    open();
    return transfers.computeIfAbsent(name, key -> FloatTransfer.of(array(key)));
  }

  /** The ops of a stage, in running order. */
  List<BoundOp> ops(int stage) {
    return plan.stage(stage);
  }

  /** Frees all arrays but the graph's constants and those that are shared. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      plan.close();
    }
  }

  @Override
  public String toString() {
    return "plan of " + graph.getOps().size() + " ops";
  }
}
