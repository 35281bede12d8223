package org.inpaint4j.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.inpaint4j.model.CompletionLayers.Kind;
import org.inpaint4j.model.CompletionLayers.Layer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The layers of a {@link CompletionDesign} and how they follow one another. */
final class CompletionGraph {

  private static final int CHANNELS = 3;
  private static final int SMALLEST = 4;

  private final CompletionDesign design;
  private final CompletionInput input;
  private final int levels;
  private final boolean skips;
  private final boolean gated;

  /** The level of the decoder whose map is a quarter of the image's size. */
  private final int attentive;

  CompletionGraph(CompletionDesign design) {
    this.design = design;
    input = design.mirrored() ? CompletionInput.MIRRORED : CompletionInput.PLAIN;
    levels = design.down().size();
    skips = design.variant() != CompletionVariant.CONTEXT_ENCODER;
    gated = design.variant() == CompletionVariant.GATED;
    attentive = design.variant() == CompletionVariant.ATTENTION ? levels - 2 : -1;
  }

  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      layers.add(down(level));
      if (gated) {
        layers.add(gate(down(level), "down_gate." + level));
      }
    }
    layers.add(bottleneck());
    for (int level = 0; level <= levels; level++) {
      layers.add(up(level));
      if (gated && level > 0) {
        layers.add(gate(up(level), "up_gate." + level));
      }
      if (level == attentive) {
        layers.add(attention());
      }
    }
    layers.add(last());
    return List.copyOf(layers);
  }

  private Layer down(int level) {
    int inputs = level == 0 ? input.planes() : design.down().get(level - 1);
    String norm = level == 0 ? "" : "down_norm." + level;
    int outputs = design.down().get(level);
    int size = design.imageSize() >> (level + 1);
    return new Layer("down." + level, Kind.CONVOLUTION, inputs, outputs, SMALLEST, size, norm);
  }

  private Layer bottleneck() {
    int inputs = design.down().get(levels - 1);
    return new Layer("bottleneck", Kind.TO_VECTOR, inputs, design.bottleneck(), SMALLEST, 1, "");
  }

  private Layer up(int level) {
    Kind kind = level == 0 ? Kind.FROM_VECTOR : Kind.TRANSPOSED;
    int inputs =
        level == 0
            ? design.bottleneck() + design.latentSize()
            : design.up().get(level - 1) + (skips ? design.down().get(levels - level) : 0);
    int outputs = design.up().get(level);
    String norm = "up_norm." + level;
    return new Layer("up." + level, kind, inputs, outputs, SMALLEST, SMALLEST << level, norm);
  }

  private static Layer gate(Layer of, String name) {
    return new Layer(name, of.kind(), of.inputs(), of.outputs(), of.kernel(), of.size(), "");
  }

  private Layer attention() {
    int channels = design.up().get(attentive);
    int size = SMALLEST << attentive;
    return new Layer(
        "attention", Kind.CONVOLUTION, 2 * channels, channels, 3, size, "attention_norm");
  }

  private Layer last() {
    int inputs = design.up().get(levels) + (skips ? input.planes() : 0);
    return new Layer("last", Kind.CONVOLUTION, inputs, CHANNELS, 3, design.imageSize(), "");
  }

  SDVariable add(
      SameDiff graph,
      CompletionLayers layers,
      SDVariable known,
      SDVariable mask,
      SDVariable latent) {
    SDVariable seen = input.apply(graph, known, mask);
    Deque<SDVariable> maps = new ArrayDeque<>();
    SDVariable x = seen;
    for (int level = 0; level < levels; level++) {
      SDVariable map = layers.add(down(level), x);
      map = graph.nn().leakyRelu(map, CompletionEncoder.LEAK);
      x = gated ? gated(graph, map, layers.add(gate(down(level), "down_gate." + level), x)) : map;
      maps.push(x);
    }
    x = graph.nn().leakyRelu(layers.add(bottleneck(), x), CompletionEncoder.LEAK);
    x = graph.nn().relu(layers.add(up(0), graph.concat(1, x, latent)), 0);
    for (int level = 1; level <= levels; level++) {
      SDVariable from = skips ? graph.concat(1, x, maps.pop()) : x;
      SDVariable map = graph.nn().relu(layers.add(up(level), from), 0);
      x = gated ? gated(graph, map, layers.add(gate(up(level), "up_gate." + level), from)) : map;
      if (level == attentive) {
        SDVariable both = graph.concat(1, x, attended(graph, x, mask));
        x = graph.nn().relu(layers.add(attention(), both), 0);
      }
    }
    return graph.math().tanh(layers.add(last(), skips ? graph.concat(1, x, seen) : x));
  }

  private static SDVariable gated(SameDiff graph, SDVariable map, SDVariable gate) {
    return map.mul(graph.nn().sigmoid(gate));
  }

  private SDVariable attended(SameDiff graph, SDVariable x, SDVariable mask) {
    return ContextualAttention.apply(
        graph, x, mask, design.up().get(attentive), SMALLEST << attentive);
  }
}
