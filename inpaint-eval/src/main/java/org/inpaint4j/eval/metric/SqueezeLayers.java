package org.inpaint4j.eval.metric;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.graph.GraphPlan;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.SqueezeNet;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * {@link SqueezeNet#wholeLayers} for pictures of one size. Not for several threads. Holds native
 * memory.
 */
final class SqueezeLayers implements AutoCloseable {

  private static final String IMAGE = "image";

  // Constants of the plan live as long as the graph.
  private final SameDiff graph = Engine.newGraph();
  private final List<String> names;
  private final GraphPlan plan;

  SqueezeLayers(SqueezeNet network, Size size) {
    SDVariable image = graph.placeHolder(IMAGE, DataType.FLOAT, 1, 3, size.height(), size.width());
    names = network.wholeLayers(graph, image).stream().map(SDVariable::name).toList();
    plan = GraphPlan.frozen(graph, List.of(Set.of(IMAGE)), new LinkedHashSet<>(names));
  }

  /** The sizes of the layers. */
  List<Size> sizes() {
    return names.stream()
        .map(name -> plan.array(name).shape())
        .map(shape -> new Size((int) shape[3], (int) shape[2]))
        .toList();
  }

  /** The activations of the layers, [C, h, w] each. */
  List<float[]> run(HoleCrop crop) {
    int pixels = crop.size().pixels();
    float[] bgr = new float[3 * pixels];
    for (int c = 0; c < 3; c++) {
      int mean = SqueezeNet.MEAN_BGR.get(c);
      for (int i = 0; i < pixels; i++) {
        bgr[c * pixels + i] = crop.level(2 - c, i) - mean;
      }
    }
    plan.set(IMAGE, bgr, 0);
    plan.run(0);
    List<float[]> activations = new ArrayList<>();
    for (String name : names) {
      float[] layer = new float[(int) plan.array(name).length()];
      plan.get(name, layer, 0);
      activations.add(layer);
    }
    return activations;
  }

  @Override
  public void close() {
    plan.close();
  }

  @Override
  public String toString() {
    return "SqueezeNet, " + graph.getOps().size() + " ops";
  }
}
