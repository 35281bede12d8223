package org.inpaint4j.train;

import java.util.List;
import org.inpaint4j.model.CompletionDesign;
import org.inpaint4j.model.CompletionLayers;

/**
 * The parameters of a completion network and of its discriminator, as {@code
 * tools/completion/networks.py} names and shapes them.
 */
final class CompletionShape {

  /** The last part of the name of weights that {@link SpectralNorm} divides. */
  static final String ORIGINAL = "weight_orig";

  /** The level of the discriminator whose map the logits of patches are made of. */
  static final int PATCHES = 2;

  private static final int CHANNELS = 3;

  private CompletionShape() {}

  static Shape generator(CompletionDesign design) {
    Shape.Builder builder = new Shape.Builder();
    for (CompletionLayers.Layer layer : design.layers()) {
      Shape.Kind kind =
          layer.kind() == CompletionLayers.Kind.FROM_VECTOR
              ? Shape.Kind.FROM_LATENT
              : Shape.Kind.KERNEL;
      int[] shape = layer.weightShape();
      builder.add(layer.name() + ".weight", kind, shape[0], shape[1], shape[2], shape[3]);
      if (layer.hasBias()) {
        builder.add(layer.name() + ".bias", Shape.Kind.BIAS, layer.outputs());
      } else {
        builder.norm(layer.norm(), layer.outputs());
      }
    }
    return builder.build();
  }

  static Shape discriminator(List<Integer> widths) {
    Shape.Builder builder = new Shape.Builder();
    int inputs = CHANNELS + 1;
    for (int level = 0; level < widths.size(); level++) {
      String name = "convs." + level + ".";
      int outputs = widths.get(level);
      builder.add(name + ORIGINAL, Shape.Kind.KERNEL, outputs, inputs, 4, 4);
      builder.add(name + "bias", Shape.Kind.BIAS, outputs);
      inputs = outputs;
    }
    builder.add("patch.weight", Shape.Kind.KERNEL, 1, widths.get(PATCHES), 1, 1);
    builder.add("patch.bias", Shape.Kind.BIAS, 1);
    builder.add("whole.weight", Shape.Kind.KERNEL, 1, inputs, 4, 4);
    builder.add("whole.bias", Shape.Kind.BIAS, 1);
    return builder.build();
  }
}
