package org.inpaint4j.model;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes the weights that {@link Faces64} ships from the checkpoint they were trained into. Run once
 * for each new checkpoint, from this module's folder:
 *
 * <pre>
 * java -cp TEST_CLASS_PATH org.inpaint4j.model.ConvertFaces64 \
 *     ../../shared/data/dcgan64-checkpoint.tar \
 *     src/main/resources/org/inpaint4j/model/faces64.safetensors
 * </pre>
 */
final class ConvertFaces64 {

  private ConvertFaces64() {}

  public static void main(String[] arguments) throws IOException {
    convert(Weights.load(Path.of(arguments[0])))
        .save(Path.of(arguments[1]), Weights.Precision.FLOAT16);
  }

  static Weights convert(Weights checkpoint) {
    Weights.Builder builder = Weights.builder();
    copy(checkpoint.under("G.model_state_dict."), "generator.", builder);
    copy(checkpoint.under("D.model_state_dict."), "discriminator.", builder);
    return builder.build(checkpoint.source());
  }

  private static void copy(Weights weights, String prefix, Weights.Builder builder) {
    for (String name : weights.names()) {
      builder.put(prefix + name, weights.shape(name), weights.values(name));
    }
  }
}
