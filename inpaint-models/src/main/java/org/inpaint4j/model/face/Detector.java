package org.inpaint4j.model.face;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.graph.GraphPlan;
import org.inpaint4j.image.Size;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Runs {@link YuNet}. For each size of images it makes a plan at the first use, and keeps the ones
 * used last.
 *
 * <p>Not safe for use by several threads at once. Holds native memory until {@link #close}.
 */
final class Detector implements AutoCloseable {

  /**
   * Three sizes of a whole photo in seven shapes, two of closer looks, eight of turned ones: photos
   * of all shapes find their plans. Making one takes as long as ten looks.
   */
  private static final int PLANS = 32;

  private record Shape(int images, Size size) {}

  /** A plan with its graph, which must outlive it. */
  private record Plan(SameDiff graph, GraphPlan plan, List<String> outputs) {}

  private final YuNet network;
  private final Map<Shape, Plan> plans = new LinkedHashMap<>(16, 0.75f, true);

  /** Runs a network, which it closes with itself. */
  Detector(YuNet network) {
    this.network = network;
  }

  /**
   * Looks at images of one size.
   *
   * @param images [3, H, W] each: blue, green and red from 0 to 255. Not modified.
   * @param size columns and rows, multiples of {@link YuNet#MULTIPLE}
   * @param least the lowest score of a face
   * @return the faces of each image, several for one face
   */
  List<List<Detection>> detect(List<float[]> images, Size size, double least) {
    Plan plan = plan(new Shape(images.size(), size));
    plan.plan().setItems(YuNet.IMAGES, images);
    plan.plan().run(0);
    List<List<Detection>> faces = new ArrayList<>();
    for (int n = 0; n < images.size(); n++) {
      List<Detection> found = new ArrayList<>();
      for (int s = 0; s < YuNet.STRIDES.length; s++) {
        int stride = YuNet.STRIDES[s];
        Size cells = new Size(size.width() / stride, size.height() / stride);
        float[] values = new float[YuNet.VALUES * cells.pixels()];
        plan.plan().getItem(plan.outputs().get(s), n, values);
        Decoder.decode(values, cells, stride, least, found);
      }
      faces.add(found);
    }
    return faces;
  }

  private Plan plan(Shape shape) {
    Plan plan = plans.get(shape);
    if (plan == null) {
      if (plans.size() == PLANS) {
        Map.Entry<Shape, Plan> oldest = plans.entrySet().iterator().next();
        plans.remove(oldest.getKey());
        oldest.getValue().plan().close();
      }
      plan = make(shape);
      plans.put(shape, plan);
    }
    return plan;
  }

  private Plan make(Shape shape) {
    SameDiff graph = Engine.newGraph();
    List<String> outputs =
        network.addTo(graph, shape.images(), shape.size()).stream().map(SDVariable::name).toList();
    GraphPlan plan = GraphPlan.frozen(graph, List.of(Set.of(YuNet.IMAGES)), Set.copyOf(outputs));
    return new Plan(graph, plan, outputs);
  }

  @Override
  public void close() {
    plans.values().forEach(plan -> plan.plan().close());
    plans.clear();
    network.close();
  }
}
