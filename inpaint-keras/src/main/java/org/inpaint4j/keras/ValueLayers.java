package org.inpaint4j.keras;

import com.google.common.primitives.ImmutableIntArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.model.Graphs;
import org.inpaint4j.model.ModelFormatException;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Dense, BatchNormalization, and layers that join several values. */
final class ValueLayers {

  private static final double EPSILON = 1e-3;

  private final Layout layout;
  private final KerasWeights weights;

  ValueLayers(Layout layout, KerasWeights weights) {
    this.layout = layout;
    this.weights = weights;
  }

  /** Dense on vectors, and on the channels of images if they come last. */
  Step dense(KerasLayer layer, KerasPlace place, Signal x) throws ModelFormatException {
    if (x.isImage() && layout == Layout.CHANNELS_LAST) {
      return new ConvolutionLayers(weights).pixels(layer, place, x);
    }
    if (!x.isVector()) {
      throw layer.problem("take vectors, or images with channels last", x.shape());
    }
    int inputs = x.shape().get(0);
    int outputs = layer.whole("units");
    float[] matrix = weights.of(layer, place, "kernel", 0, ImmutableIntArray.of(inputs, outputs));
    float[] bias =
        layer.flag("use_bias", true)
            ? weights.of(layer, place, "bias", 1, ImmutableIntArray.of(outputs))
            : new float[outputs];
    return new Step(
        Signal.of(outputs),
        (graph, name, in) ->
            graph
                .mmul(in.get(0), Graphs.constant(graph, name + "w", matrix, inputs, outputs))
                .add(Graphs.constant(graph, name + "b", bias, 1, outputs)));
  }

  /** With the statistics of the training: a factor and a shift for each channel. */
  Step batchNorm(KerasLayer layer, KerasPlace place, Signal x) throws ModelFormatException {
    int rank = x.shape().length() + 1;
    int axis = layout.axis(axis(layer), rank);
    if (axis < 1) {
      throw layer.problem("have an axis of " + x.shape(), axis(layer));
    }
    int channels = x.shape().get(axis - 1);
    ImmutableIntArray shape = ImmutableIntArray.of(channels);
    double epsilon = layer.number("epsilon", EPSILON);
    int index = 0;
    float[] scale = new float[channels];
    Arrays.fill(scale, 1);
    if (layer.flag("scale", true)) {
      scale = weights.of(layer, place, "gamma", index++, shape);
    }
    float[] shift = new float[channels];
    if (layer.flag("center", true)) {
      shift = weights.of(layer, place, "beta", index++, shape);
    }
    float[] mean = weights.of(layer, place, "moving_mean", index++, shape);
    float[] variance = weights.of(layer, place, "moving_variance", index, shape);
    for (int c = 0; c < channels; c++) {
      double factor = scale[c] / Math.sqrt(variance[c] + epsilon);
      scale[c] = (float) factor;
      shift[c] = (float) (shift[c] - factor * mean[c]);
    }
    int[] sides = new int[rank];
    Arrays.fill(sides, 1);
    sides[axis] = channels;
    float[] factors = scale;
    float[] shifts = shift;
    return new Step(
        x.within(Optional.empty()),
        (graph, name, in) ->
            in.get(0)
                .mul(Graphs.constant(graph, name + "scale", factors, sides))
                .add(Graphs.constant(graph, name + "shift", shifts, sides)));
  }

  /** A number, or a list of one. */
  private static int axis(KerasLayer layer) throws ModelFormatException {
    JsonElement value = layer.setting("axis").orElse(new JsonPrimitive(-1));
    if (value instanceof JsonArray list) {
      if (list.size() != 1) {
        throw layer.problem("have one axis", list);
      }
      value = list.get(0);
    }
    return layer.whole("axis", value);
  }

  /** Add and Multiply, of values of one shape. */
  Step combined(KerasLayer layer, List<Signal> parts) throws ModelFormatException {
    boolean sum = layer.kind().equals("Add");
    for (Signal part : parts) {
      if (!part.shape().equals(parts.get(0).shape())) {
        throw layer.problem("take values of one shape", part.shape());
      }
    }
    return new Step(
        parts.get(0).within(Optional.empty()),
        (graph, name, in) -> {
          SDVariable all = in.get(0);
          for (SDVariable next : in.subList(1, in.size())) {
            all = sum ? all.add(next) : all.mul(next);
          }
          return all;
        });
  }

  Step concatenated(KerasLayer layer, List<Signal> parts) throws ModelFormatException {
    ImmutableIntArray first = parts.get(0).shape();
    int axis = layout.axis(axis(layer), first.length() + 1);
    if (axis < 1) {
      throw layer.problem("have an axis of " + first, axis(layer));
    }
    int[] sides = first.toArray();
    sides[axis - 1] = 0;
    for (Signal part : parts) {
      int[] found = part.shape().toArray();
      boolean fits = found.length == sides.length;
      for (int i = 0; fits && i < found.length; i++) {
        fits = i == axis - 1 || found[i] == sides[i];
      }
      if (!fits) {
        throw layer.problem("join shapes that fit " + first, part.shape());
      }
      sides[axis - 1] = Math.addExact(sides[axis - 1], found[axis - 1]);
    }
    return new Step(Signal.of(sides), (graph, name, in) -> joined(graph, axis, in));
  }

  /** Joins values; all are [N, …]. */
  private static SDVariable joined(SameDiff graph, int axis, List<SDVariable> parts) {
    return parts.size() == 1 ? parts.get(0) : graph.concat(axis, parts.toArray(new SDVariable[0]));
  }
}
