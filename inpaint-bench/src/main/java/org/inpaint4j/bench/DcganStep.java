package org.inpaint4j.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.Weights;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;

/** The shipped DCGAN. */
final class DcganStep extends StepCase {

  private static final int LATENT = 100;
  private static final int SIZE = 64;

  private final float[] latent = new float[LATENT];
  private final Weights weights;

  private DcganStep(int batch, Weights weights, Random random) {
    super(batch, SIZE, random);
    this.weights = weights;
    for (int i = 0; i < LATENT; i++) {
      latent[i] = (float) random.nextGaussian();
    }
  }

  static DcganStep of(int batch) throws IOException {
    Path copy = Files.createTempFile("faces64", ".safetensors");
    try (InputStream resource = Faces64.class.getResourceAsStream("faces64.safetensors")) {
      if (resource == null) {
        throw new IOException("the models jar must hold faces64.safetensors: found none");
      }
      Files.copy(resource, copy, StandardCopyOption.REPLACE_EXISTING);
      return new DcganStep(batch, Weights.load(copy), new Random(1));
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  @Override
  String peer() {
    return "dcgan";
  }

  @Override
  int steps() {
    return Math.max(8, 48 / batch());
  }

  @Override
  Generator generator() throws IOException {
    return Dcgan.generator(weights);
  }

  @Override
  Discriminator discriminator() throws IOException {
    return Dcgan.discriminator(weights);
  }

  @Override
  float[] latent() {
    return latent;
  }

  /** Batch norm is folded into the weights as ours is. */
  @Override
  void addTo(StepTensors tensors) {
    fold(tensors, "G", weights.under("generator."), new int[] {0, 3, 6, 9, 12}, 1);
    fold(tensors, "D", weights.under("discriminator."), new int[] {0, 2, 5, 8, 11}, 0);
    tensors.putRepeated("z", latent, LATENT, 1, 1);
  }

  /** Batch norm at index + 1 after each convolution, where there is one. */
  private static void fold(
      StepTensors tensors, String name, Weights weights, int[] indices, int channelAxis) {
    for (int i = 0; i < indices.length; i++) {
      String key = "main." + indices[i] + ".weight";
      int[] shape = weights.shape(key);
      float[] values = weights.values(key).clone();
      int channels = shape[channelAxis];
      float[] bias = new float[channels];
      String norm = "main." + (indices[i] + 1) + ".";
      if (weights.names().contains(norm + "running_mean")) {
        float[] gamma = weights.values(norm + "weight");
        float[] beta = weights.values(norm + "bias");
        float[] mean = weights.values(norm + "running_mean");
        float[] variance = weights.values(norm + "running_var");
        int inner = shape[2] * shape[3] * (channelAxis == 0 ? shape[1] : 1);
        float[] factor = new float[channels];
        for (int c = 0; c < channels; c++) {
          factor[c] = (float) (gamma[c] / Math.sqrt(variance[c] + 1e-5));
          bias[c] = beta[c] - factor[c] * mean[c];
        }
        for (int k = 0; k < values.length; k++) {
          values[k] *= factor[k / inner % channels];
        }
      }
      tensors.put(name + i + ".weight", values, shape);
      tensors.put(name + i + ".bias", bias, channels);
    }
  }
}
