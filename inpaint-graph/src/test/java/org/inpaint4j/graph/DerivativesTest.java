package org.inpaint4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Ops of two operands against central differences in double, for all ways of broadcasting. */
class DerivativesTest {

  private static final double STEP = 1e-5;

  /** Central differences of these smooth functions are off by the square of the step. */
  private static final double TOLERANCE = 1e-7;

  private enum Binary {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    REVERSE_SUBTRACT,
    REVERSE_DIVIDE,
    SQUARED_DIFFERENCE,
    MAXIMUM,
    MINIMUM;

    SDVariable add(SameDiff graph, SDVariable x, SDVariable y) {
      return switch (this) {
        case ADD -> x.add(y);
        case SUBTRACT -> x.sub(y);
        case MULTIPLY -> x.mul(y);
        case DIVIDE -> x.div(y);
        case REVERSE_SUBTRACT -> x.rsub(y);
        case REVERSE_DIVIDE -> x.rdiv(y);
        case SQUARED_DIFFERENCE -> x.squaredDifference(y);
        case MAXIMUM -> graph.math().max(x, y);
        case MINIMUM -> graph.math().min(x, y);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradient_ofBroadcastOperands_equalsCentralDifferences(Binary op) {
    for (int rows = 1; rows <= 2; rows++) {
      long[] shape = {rows, 4};
      for (long[] other :
          Stream.of(new long[] {}, new long[] {1}, new long[] {1, 1}, new long[] {4}, shape)
              .toArray(long[][]::new)) {
        assertGradients(op, shape, other);
        assertGradients(op, other, shape);
      }
    }
  }

  private static void assertGradients(Binary op, long[] left, long[] right) {
    Map<String, INDArray> values = Map.of("x", values(left, 1), "y", values(right, 2));
    for (String name : new String[] {"x", "y"}) {
      SameDiff graph = SameDiff.create();
      SDVariable x = graph.placeHolder("x", DataType.DOUBLE, left);
      SDVariable y = graph.placeHolder("y", DataType.DOUBLE, right);
      SDVariable result = op.add(graph, x, y);
      SDVariable loss = graph.math().square(result.add(0.3)).mul(0.5).sum();
      SDVariable gradient = Backprop.gradient(graph, loss, name.equals("x") ? x : y);
      INDArray found = graph.outputSingle(values, gradient.name());
      assertThat(found.shape()).isEqualTo(values.get(name).shape());
      double[] expected = new double[(int) found.length()];
      for (int i = 0; i < expected.length; i++) {
        double above = lossWith(graph, loss, values, name, i, STEP);
        double below = lossWith(graph, loss, values, name, i, -STEP);
        expected[i] = (above - below) / (2 * STEP);
      }
      assertThat(found.dup('c').data().asDouble())
          .as("%s of %s%s and %s", name, op, Arrays.toString(left), Arrays.toString(right))
          .containsExactly(expected, within(TOLERANCE));
    }
  }

  private static double lossWith(
      SameDiff graph,
      SDVariable loss,
      Map<String, INDArray> values,
      String name,
      int index,
      double change) {
    Map<String, INDArray> moved = new HashMap<>(values);
    INDArray value = values.get(name).dup('c');
    value.data().put(index, value.data().getDouble(index) + change);
    moved.put(name, value);
    return graph.outputSingle(moved, loss.name()).getDouble(0);
  }

  /** Numbers from 0.5 up, no two of them alike, so that a maximum has no kink near. */
  private static INDArray values(long[] shape, int seed) {
    int length = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = 0.5 + (i * 7 + seed * 5) % 11 / 6.0 + seed * 0.07;
    }
    return shape.length == 0 ? Nd4j.scalar(values[0]) : Nd4j.create(values, shape, 'c');
  }
}
