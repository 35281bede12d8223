package org.inpaint4j.keras;

import com.google.common.primitives.ImmutableIntArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.Arrays;
import org.inpaint4j.model.ModelFormatException;
import org.nd4j.linalg.factory.Nd4j;

/** Layers without weights that change shapes. What they make has the range of what they take. */
final class ShapeLayers {

  private final Layout layout;

  ShapeLayers(Layout layout) {
    this.layout = layout;
  }

  /** Reshape counts values in the order of the network. */
  Step reshape(KerasLayer layer, Signal x) throws ModelFormatException {
    if (!(layer.setting("target_shape").orElse(null) instanceof JsonArray target)
        || target.isEmpty()
        || target.size() > 3) {
      throw layer.problem("make vectors or images", layer.setting("target_shape"));
    }
    int[] sides = new int[target.size()];
    int values = Math.toIntExact(x.count(Integer.MAX_VALUE - 1));
    int open = -1;
    long others = 1;
    int index = 0;
    for (JsonElement side : target) {
      sides[index] = layer.whole("target_shape", side);
      if (sides[index] == -1 && open < 0) {
        open = index;
      } else {
        others = Math.min(Integer.MAX_VALUE, others * Math.max(0, sides[index]));
      }
      index++;
    }
    if (open >= 0 && others > 0) {
      sides[open] = (int) (values / others);
      others *= sides[open];
    }
    if (others != values) {
      throw layer.problem("make as many values as it takes, " + values, target);
    }
    return reshaped(x, sides);
  }

  private Step reshaped(Signal x, int... sides) {
    int[] made = layout.toImage(ImmutableIntArray.copyOf(sides));
    boolean image = sides.length == 3;
    long[] wanted = new long[sides.length + 1];
    wanted[0] = -1;
    for (int i = 0; i < sides.length; i++) {
      wanted[i + 1] = sides[i];
    }
    return new Step(
        x.reshaped(made),
        (graph, name, in) -> {
          var flat = x.isImage() ? layout.fromImage(graph, in.get(0)) : in.get(0);
          var y = graph.reshape(flat, wanted);
          return image ? layout.toImage(graph, y) : y;
        });
  }

  /** Flatten with the setting channels_first puts the channels last. */
  Step flatten(KerasLayer layer, Signal x) throws ModelFormatException {
    int values = Math.toIntExact(x.count(Integer.MAX_VALUE - 1));
    boolean last = Layout.of(layer).orElse(Layout.CHANNELS_LAST) == Layout.CHANNELS_LAST;
    if (x.isImage() && !last) {
      if (layout == Layout.CHANNELS_LAST) {
        throw layer.problem("keep images as the other layers, " + layout, "channels_first");
      }
      return new Step(
          x.reshaped(values),
          (graph, name, in) -> graph.reshape(graph.permute(in.get(0), 0, 2, 3, 1), -1, values));
    }
    return reshaped(x, values);
  }

  Step upsampling(KerasLayer layer, Signal x) throws ModelFormatException {
    ImmutableIntArray shape = x.requireImage(layer);
    String how = layer.text("interpolation", "nearest");
    if (!how.equals("nearest")) {
      throw layer.problem("repeat pixels (nearest)", how); // ND4J has no gradient for the others
    }
    int[] by = layer.pair("size", 2, 1);
    return new Step(
        x.reshaped(
            shape.get(0),
            Math.multiplyExact(shape.get(1), by[0]),
            Math.multiplyExact(shape.get(2), by[1])),
        (graph, name, in) -> graph.cnn().upsampling2d(in.get(0), by[0], by[1], true));
  }

  Step padding(KerasLayer layer, Signal x) throws ModelFormatException {
    ImmutableIntArray shape = x.requireImage(layer);
    int[] by = layer.border("padding");
    int[][] border = {{0, 0}, {0, 0}, {by[0], by[1]}, {by[2], by[3]}};
    return new Step(
        x.reshaped(shape.get(0), shape.get(1) + by[0] + by[1], shape.get(2) + by[2] + by[3]),
        (graph, name, in) ->
            graph
                .nn()
                .pad(in.get(0), graph.constant(name + "border", Nd4j.createFromArray(border)), 0));
  }

  Step cropping(KerasLayer layer, Signal x) throws ModelFormatException {
    ImmutableIntArray shape = x.requireImage(layer);
    int[] by = layer.border("cropping");
    int rows = shape.get(1) - by[0] - by[1];
    int columns = shape.get(2) - by[2] - by[3];
    if (rows <= 0 || columns <= 0) {
      throw layer.problem("leave pixels of " + shape, Arrays.toString(by));
    }
    int[] start = {0, 0, by[0], by[2]};
    return new Step(
        x.reshaped(shape.get(0), rows, columns),
        (graph, name, in) -> graph.slice(in.get(0), start, -1, shape.get(0), rows, columns));
  }
}
