package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
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
 * A graph that is run many times with all of its inputs changing, weights included: the seam
 * through which a trainer uses the engine of the search.
 *
 * <p>Everything is allocated when the plan is made; a run only replays ops. Inputs are
 * placeholders, and each belongs to a stage. {@link #run} computes the variables that follow from
 * the inputs of one stage and of the stages before it, so that what an earlier stage has computed
 * is reused: a generator's images stay as they are while the discriminator that judges them is
 * updated.
 *
 * <p>Do not use it where weights stay as they are: {@link Inpainter} then runs faster, because it
 * computes no gradients of weights and lays their matrices out once. Not safe for use by several
 * threads at once.
 */
public final class GradientPlan implements AutoCloseable {

  private final SameDiff graph;
  private final StaticPlan plan;
  private final Map<String, FloatTransfer> transfers = new HashMap<>();

  private GradientPlan(SameDiff graph, StaticPlan plan) {
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
   * Makes a plan.
   *
   * @param graph the graph; all its placeholders have fixed shapes. Not modified, but its constants
   *     are shared.
   * @param stages the names of all placeholders, each in exactly one stage
   * @param shared arrays for some of the placeholders, of their shape and type, dense and in C
   *     order. The plan reads them at each run and does not free them; several plans may share one.
   * @param wanted the variables that are read after runs; whatever none of them needs is not
   *     computed
   * @return the plan; inputs that are not shared hold zeros
   * @throws IllegalArgumentException if the stages are not the placeholders, or a shared array does
   *     not fit
   */
  public static GradientPlan compile(
      SameDiff graph, List<Set<String>> stages, Map<String, INDArray> shared, Set<String> wanted) {
    Map<String, SDVariable> inputs = new HashMap<>();
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.PLACEHOLDER) {
        inputs.put(variable.name(), variable);
      }
    }
    Set<String> staged = new LinkedHashSet<>();
    for (Set<String> stage : stages) {
      for (String name : stage) {
        checkArgument(staged.add(name), "an input must be in one stage: found '%s' twice", name);
      }
    }
    checkArgument(
        staged.equals(inputs.keySet()),
        "stages must hold all inputs of the graph: expected %s, found %s",
        inputs.keySet(),
        staged);
    shared.forEach((name, array) -> checkFits(name, inputs.get(name), array));
    return new GradientPlan(graph, StaticPlan.compile(graph, stages, shared, wanted));
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
    return plan.array(name);
  }

  /**
   * Computes what depends on the inputs of a stage and on none of a later one, from what the inputs
   * hold now.
   *
   * @param stage the number of the stage, from 0
   */
  public void run(int stage) {
    plan.run(stage);
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

  private FloatTransfer transfer(String name) {
    return transfers.computeIfAbsent(name, key -> new FloatTransfer(plan.array(key), 1));
  }

  /**
   * Runs a stage, and tells how long each of its ops took.
   *
   * @param stage the number of the stage, from 0
   * @return the ops in running order
   */
  public List<OpTime> profile(int stage) {
    List<OpTime> times = new ArrayList<>();
    for (BoundOp op : plan.stage(stage)) {
      long start = System.nanoTime();
      op.run();
      double milliseconds = (System.nanoTime() - start) / 1e6;
      times.add(new OpTime(op.op().name(), op.outputs().get(0).shape().clone(), milliseconds));
    }
    return times;
  }

  /** How long one op took. */
  public static final class OpTime {
    private final String op;
    private final long[] shape;
    private final double milliseconds;

    OpTime(String op, long[] shape, double milliseconds) {
      this.op = op;
      this.shape = shape;
      this.milliseconds = milliseconds;
    }

    /**
     * What ran.
     *
     * @return the name of the op with the shape of its first output
     */
    public String op() {
      return op + Arrays.toString(shape);
    }

    /**
     * How long it took.
     *
     * @return milliseconds
     */
    public double milliseconds() {
      return milliseconds;
    }
  }

  /** Frees all arrays but the graph's constants and those that are shared. */
  @Override
  public void close() {
    plan.close();
  }

  @Override
  public String toString() {
    return "plan of " + graph.getOps().size() + " ops";
  }
}
