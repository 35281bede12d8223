package org.inpaint4j.bench.libtorch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One iteration of DCGAN training in libtorch, as PyTorch's tutorial has it: the discriminator is
 * updated on a batch of real and a batch of generated images, then the generator on the same
 * generated images.
 *
 * <p>Started with the file of tensors that the benchmark writes, {@code generator.main.0.weight}
 * and so on, and {@code real}, a batch of images. Each line of standard input is a number of
 * iterations; each is answered by a line with the three losses of the last of them, and the
 * milliseconds of every one.
 */
public final class TrainingPeer {

  private static final int LAYERS = 5;
  private static final long[] ONE = {1};
  private static final long[] TWO = {2};
  private static final long[] ZERO = {0};
  private static final TensorOptional NONE = new TensorOptional();

  private final TensorFile tensors;
  private final Tensor real;
  private final Adam generatorAdam;
  private final Adam discriminatorAdam;
  private final float[] losses = new float[3];

  private TrainingPeer(TensorFile tensors) {
    this.tensors = tensors;
    this.real = tensors.tensor("real");
    this.generatorAdam = adam("generator.", 3, 3);
    this.discriminatorAdam = adam("discriminator.", 2, 3);
  }

  /**
   * Serves iterations until standard input ends.
   *
   * @param args the file of tensors, and the number of threads
   * @throws IOException if the file cannot be read
   */
  public static void main(String[] args) throws IOException {
    torch.set_num_threads(Integer.parseInt(args[1]));
    TrainingPeer peer = new TrainingPeer(TensorFile.read(Path.of(args[0])));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int iterations = Integer.parseInt(line.strip());
      StringBuilder times = new StringBuilder();
      for (int i = 0; i < iterations; i++) {
        long start = System.nanoTime();
        peer.iterate();
        times.append(' ').append((System.nanoTime() - start) / 1e6);
      }
      System.out.println(peer.losses[0] + " " + peer.losses[1] + " " + peer.losses[2] + times);
      System.out.flush();
    }
    // libtorch's own shutdown may crash after a backward pass; there is nothing left to lose.
    Runtime.getRuntime().halt(0);
  }

  /** Adam over all parameters of a network, with the settings of the DCGAN paper. */
  private Adam adam(String network, int second, int step) {
    List<Tensor> parameters = new ArrayList<>();
    for (int i = 0; i < LAYERS; i++) {
      int index = i == 0 ? 0 : second + step * (i - 1);
      parameters.add(tensors.tensor(network + "main." + index + ".weight"));
      String norm = network + "main." + (index + 1);
      if (tensors.has(norm + ".running_mean")) {
        parameters.add(tensors.tensor(norm + ".weight"));
        parameters.add(tensors.tensor(norm + ".bias"));
      }
    }
    parameters.forEach(parameter -> parameter.set_requires_grad(true));
    AdamOptions options = new AdamOptions(2e-4);
    options.betas().put(0, 0.5);
    options.betas().put(1, 0.999);
    return new Adam(new TensorVector(parameters.toArray(new Tensor[0])), options);
  }

  private void iterate() {
    try (PointerScope scope = new PointerScope()) {
      Tensor z = torch.randn(real.size(0), 100, 1, 1);
      scope.attach(z);
      Tensor images = generate(z);

      discriminatorAdam.zero_grad();
      Tensor missed = torch.softplus(judge(real).neg()).mean();
      missed.backward();
      Tensor fooled = torch.softplus(judge(images.detach())).mean();
      fooled.backward();
      discriminatorAdam.step();

      generatorAdam.zero_grad();
      Tensor seen = torch.softplus(judge(images).neg()).mean();
      seen.backward();
      generatorAdam.step();
      losses[0] = missed.item_float();
      losses[1] = fooled.item_float();
      losses[2] = seen.item_float();
    }
  }

  private Tensor generate(Tensor z) {
    Tensor x = z;
    for (int i = 0; i < LAYERS; i++) {
      Tensor weight = tensors.tensor("generator.main." + 3 * i + ".weight");
      x =
          i == 0
              ? torch.conv_transpose2d(x, weight, NONE, ONE, ZERO, ZERO, 1, ONE)
              : torch.conv_transpose2d(x, weight, NONE, TWO, ONE, ZERO, 1, ONE);
      x = i < LAYERS - 1 ? torch.relu_(norm(x, "generator.main." + (3 * i + 1))) : torch.tanh(x);
    }
    return x;
  }

  private Tensor judge(Tensor images) {
    Tensor x = images;
    for (int i = 0; i < LAYERS - 1; i++) {
      int index = i == 0 ? 0 : 3 * i - 1;
      Tensor weight = tensors.tensor("discriminator.main." + index + ".weight");
      x = torch.conv2d(x, weight, NONE, TWO, ONE, ONE, 1);
      x = i == 0 ? x : norm(x, "discriminator.main." + (index + 1));
      x = torch.leaky_relu_(x, new Scalar(0.2));
    }
    Tensor last = tensors.tensor("discriminator.main.11.weight");
    return torch.conv2d(x, last, NONE, ONE, ZERO, ONE, 1);
  }

  private Tensor norm(Tensor x, String name) {
    return torch.batch_norm(
        x,
        new TensorOptional(tensors.tensor(name + ".weight")),
        new TensorOptional(tensors.tensor(name + ".bias")),
        new TensorOptional(tensors.tensor(name + ".running_mean")),
        new TensorOptional(tensors.tensor(name + ".running_var")),
        true,
        0.1,
        1e-5,
        false);
  }
}
