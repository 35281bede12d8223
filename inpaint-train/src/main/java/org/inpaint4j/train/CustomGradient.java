package org.inpaint4j.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * A variable with a derivative of our own. It is the identity of a value that other ops have
 * computed, and stands for all these ops when the graph is differentiated.
 *
 * <p>In a plan the identity is the value's own memory and costs nothing.
 */
final class CustomGradient extends DynamicCustomOp {

  private final Function<SDVariable, List<SDVariable>> derivative;

  private CustomGradient(
      SameDiff graph, SDVariable[] args, Function<SDVariable, List<SDVariable>> derivative) {
    super("identity", graph, args);
    this.derivative = derivative;
  }

  /**
   * Ties a value to what it was computed from.
   *
   * @param value the value
   * @param inputs what the gradient goes to
   * @param derivative makes of the gradient of the value those of the inputs, in their order
   * @return the value, differentiable in this way alone
   */
  static SDVariable tie(
      SDVariable value,
      List<SDVariable> inputs,
      Function<SDVariable, List<SDVariable>> derivative) {
    List<SDVariable> args = new ArrayList<>(List.of(value));
    args.addAll(inputs);
    return new CustomGradient(value.getSameDiff(), args.toArray(new SDVariable[0]), derivative)
        .outputVariable();
  }

  /** Asked for before the constructor has set the name. */
  @Override
  public String opName() {
    return "identity";
  }

  @Override
  public List<DataType> calculateOutputDataTypes(List<DataType> inputs) {
    return inputs.subList(0, 1);
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    // Nothing flows through the ops that computed the value.
    List<@Nullable SDVariable> all = new ArrayList<>(Arrays.asList((SDVariable) null));
    all.addAll(derivative.apply(gradients.get(0)));
    return all;
  }
}
