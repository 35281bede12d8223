package org.inpaint4j.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.inpaint4j.model.CompletionLayers.Kind;
import org.inpaint4j.model.CompletionLayers.Layer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The layers of an encoder with its decoder and how they follow one another: the whole network of a
 * {@link CompletionDesign}, or that of its edges.
 */
final class CompletionGraph {

  private static final int CHANNELS = 3;
  private static final int SMALLEST = 4;

  private final CompletionDesign design;

  /** What the names of the layers start with. */
  private final String prefix;

  private final int planes;
  private final int outputs;
  private final int levels;
  private final boolean skips;
  private final boolean gated;

  /** The level of the decoder whose map is a quarter of the image's size. */
  private final int attentive;

  private CompletionGraph(CompletionDesign design, String prefix, int planes, int outputs) {
    this.design = design;
    this.prefix = prefix;
    this.planes = planes;
    this.outputs = outputs;
    levels = design.down().size();
    skips = design.variant() != CompletionVariant.CONTEXT_ENCODER;
    gated = design.variant() == CompletionVariant.GATED;
    attentive = design.variant() == CompletionVariant.ATTENTION ? levels - 2 : -1;
  }

  /**
   * The network that makes the picture.
   *
   * @param planes what it sees
   */
  static CompletionGraph ofPicture(CompletionDesign design, int planes) {
    return new CompletionGraph(design, "", planes, CHANNELS);
  }

  /**
   * The network that makes the edges, of half the channels.
   *
   * @param planes what it sees
   */
  static CompletionGraph ofEdges(CompletionDesign design, int planes) {
    return new CompletionGraph(design.halved(), "edges.", planes, 1);
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
    int inputs = level == 0 ? planes : design.down().get(level - 1);
    String norm = level == 0 ? "" : prefix + "down_norm." + level;
    int channels = design.down().get(level);
    int size = design.imageSize() >> (level + 1);
    String name = prefix + "down." + level;
    return new Layer(name, Kind.CONVOLUTION, inputs, channels, SMALLEST, size, norm);
  }

  private Layer bottleneck() {
    int inputs = design.down().get(levels - 1);
    String name = prefix + "bottleneck";
    return new Layer(name, Kind.TO_VECTOR, inputs, design.bottleneck(), SMALLEST, 1, "");
  }

  private Layer up(int level) {
    Kind kind = level == 0 ? Kind.FROM_VECTOR : Kind.TRANSPOSED;
    int inputs =
        level == 0
            ? design.bottleneck() + design.latentSize()
            : design.up().get(level - 1) + (skips ? design.down().get(levels - level) : 0);
    int channels = design.up().get(level);
    String norm = prefix + "up_norm." + level;
    int size = SMALLEST << level;
    return new Layer(prefix + "up." + level, kind, inputs, channels, SMALLEST, size, norm);
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
    int inputs = design.up().get(levels) + (skips ? planes : 0);
    int size = design.imageSize();
    return new Layer(prefix + "last", Kind.CONVOLUTION, inputs, outputs, 3, size, "");
  }

  /**
   * Adds the layers to a graph.
   *
   * @param seen [N, planes, S, S]
   * @param mask [N, 1, S, S]
   * @param latent [N, latent size]
   * @return [N, outputs, S, S], before the last activation
   */
  SDVariable add(
      SameDiff graph,
      CompletionLayers layers,
      SDVariable seen,
      SDVariable mask,
      SDVariable latent) {
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
    return layers.add(last(), skips ? graph.concat(1, x, seen) : x);
  }

  private static SDVariable gated(SameDiff graph, SDVariable map, SDVariable gate) {
    return map.mul(graph.nn().sigmoid(gate));
  }

  private SDVariable attended(SameDiff graph, SDVariable x, SDVariable mask) {
    return ContextualAttention.apply(
        graph, x, mask, design.up().get(attentive), SMALLEST << attentive);
  }
}
