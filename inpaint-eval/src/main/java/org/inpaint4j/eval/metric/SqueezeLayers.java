package org.inpaint4j.eval.metric;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.inpaint4j.graph.GraphPlan;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.Graphs;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.Weights;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Five layers of SqueezeNet 1.0 for a distance of features.
 *
 * <p>Unlike {@link org.inpaint4j.model.SqueezeNet} the first convolution is padded, so that the
 * border of the picture is seen, and the layers are conv1, fire3, fire6, fire8 and fire9 in the
 * paper's names, with 96, 128, 384, 512 and 512 channels.
 */
final class SqueezeLayers {

  private static final String IMAGE = "image";

  /** The means that were subtracted in training, of blue, green and red. */
  private static final int[] MEAN_BGR = {104, 117, 123};

  /**
   * The steps after the first convolution: a pooling, a fire module by its number in torchvision's
   * naming, or the end of a layer.
   */
  private static final int POOL = 0;

  private static final int LAYER = -1;
  private static final int[] STEPS = {
    LAYER, POOL, 3, 4, LAYER, 5, POOL, 7, 8, LAYER, 9, 10, LAYER, POOL, 12, LAYER
  };

  /** A convolution: its kernel [k, k, iC, oC] and its bias, shared by all plans. */
  private record Convolution(INDArray kernel, INDArray bias, int size, int stride, int padding) {}

  private final List<Convolution> convolutions = new ArrayList<>();
  private final String identity;

  private SqueezeLayers(String identity) {
    this.identity = identity;
  }

  static SqueezeLayers of(Weights weights) throws ModelFormatException {
    SqueezeLayers layers = new SqueezeLayers("squeezenet1_0 sha256:" + weights.sha256());
    layers.convolutions.add(read(weights, "features.0", 3, 96, 7));
    int channels = 96;
    for (int step : STEPS) {
      if (step > 0) {
        String name = "features." + step + ".";
        int squeeze = step <= 4 ? 16 : step <= 7 ? 32 : step <= 9 ? 48 : 64;
        int expand = 4 * squeeze;
        layers.convolutions.add(read(weights, name + "squeeze", channels, squeeze, 1));
        layers.convolutions.add(read(weights, name + "expand1x1", squeeze, expand, 1));
        layers.convolutions.add(read(weights, name + "expand3x3", squeeze, expand, 3));
        channels = 2 * expand;
      }
    }
    return layers;
  }

  private static Convolution read(Weights weights, String name, int inputs, int outputs, int size)
      throws ModelFormatException {
    INDArray kernel =
        Nd4j.create(
                weights.require(name + ".weight", outputs, inputs, size, size),
                new long[] {outputs, inputs, size, size},
                'c')
            .permute(2, 3, 1, 0)
            .dup('c');
    INDArray bias = Nd4j.createFromArray(weights.require(name + ".bias", outputs));
    return new Convolution(kernel, bias, size, size == 7 ? 2 : 1, size / 2);
  }

  String identity() {
    return identity;
  }

  /** The layers for pictures of one size. */
  Plan plan(Size size) {
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder(IMAGE, DataType.FLOAT, 1, 3, size.height(), size.width());
    List<String> names = new ArrayList<>();
    SDVariable x = convolve(graph, image, 0);
    int next = 1;
    for (int step : STEPS) {
      if (step == LAYER) {
        names.add(x.name());
      } else if (step == POOL) {
        x = pool(graph, x);
      } else {
        SDVariable squeezed = convolve(graph, x, next);
        SDVariable narrow = convolve(graph, squeezed, next + 1);
        SDVariable wide = convolve(graph, squeezed, next + 2);
        x = graph.concat(1, narrow, wide);
        next += 3;
      }
    }
    return new Plan(graph, names);
  }

  private SDVariable convolve(SameDiff graph, SDVariable x, int number) {
    Convolution layer = convolutions.get(number);
    SDVariable kernel = graph.constant("w" + number, layer.kernel());
    SDVariable bias = graph.constant("b" + number, layer.bias());
    SDVariable y =
        graph
            .cnn()
            .conv2d(
                x, kernel, bias, Graphs.convolution(layer.size(), layer.stride(), layer.padding()));
    return graph.nn().relu(y, 0);
  }

  /**
   * Pooling 3x3 with stride 2 in ceil mode: one more row and column of zeros at the far sides give
   * the same result in the plain mode, because all values are rectified.
   */
  private static SDVariable pool(SameDiff graph, SDVariable x) {
    SDVariable padding =
        graph.constant(Nd4j.createFromArray(new int[][] {{0, 0}, {0, 0}, {0, 1}, {0, 1}}));
    Pooling2DConfig config =
        Pooling2DConfig.builder().kH(3).kW(3).sH(2).sW(2).paddingMode(PaddingMode.VALID).build();
    return graph.cnn().maxPooling2d(graph.nn().pad(x, padding, 0), config);
  }

  /** The layers for one size of pictures. Not for several threads. Holds native memory. */
  static final class Plan implements AutoCloseable {

    // Constants of the plan live as long as the graph.
    private final SameDiff graph;
    private final List<String> names;
    private final GraphPlan plan;

    private Plan(SameDiff graph, List<String> names) {
      this.graph = graph;
      this.names = names;
      Set<String> wanted = new LinkedHashSet<>(names);
      plan = GraphPlan.frozen(graph, List.of(Set.of(IMAGE)), wanted);
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
        for (int i = 0; i < pixels; i++) {
          bgr[c * pixels + i] = crop.level(2 - c, i) - MEAN_BGR[c];
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
}
