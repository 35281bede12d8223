package org.inpaint4j.bench.libtorch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The latent step of a DCGAN in libtorch: generator, weighted L1 loss, prior loss, discriminator,
 * and the gradient with respect to z alone, the weights being frozen.
 *
 * <p>Started with the file of tensors that the benchmark writes. Each line of standard input is a
 * number of steps; each is answered by a line with context loss, prior loss, and the milliseconds
 * of every step.
 */
public final class LatentStepPeer {

  private static final int LAYERS = 5;
  private static final long[] ONE = {1};
  private static final long[] TWO = {2};
  private static final long[] ZERO = {0};

  private final TensorFile tensors;

  private LatentStepPeer(TensorFile tensors) {
    this.tensors = tensors;
  }

  /**
   * Serves steps until standard input ends.
   *
   * @param args the file of tensors, and the number of threads
   * @throws IOException if the file cannot be read
   */
  public static void main(String[] args) throws IOException {
    torch.set_num_threads(Integer.parseInt(args[1]));
    LatentStepPeer peer = new LatentStepPeer(TensorFile.read(Path.of(args[0])));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      StringBuilder answer = new StringBuilder();
      int steps = Integer.parseInt(line.strip());
      for (int i = 0; i < steps; i++) {
        peer.step(answer, i == 0);
      }
      System.out.println(answer);
      System.out.flush();
    }
    // libtorch's own shutdown may crash after a backward pass; there is nothing left to lose.
    Runtime.getRuntime().halt(0);
  }

  private Tensor tensor(String name) {
    return tensors.tensor(name);
  }

  private void step(StringBuilder answer, boolean first) {
    try (PointerScope scope = new PointerScope()) {
      Tensor z = tensor("z").clone();
      scope.attach(z);
      z.set_requires_grad(true);
      long start = System.nanoTime();
      Tensor image = generate(z);
      Tensor context = torch.abs(tensor("W").mul(image.sub(tensor("y")))).sum();
      Tensor prior = torch.softplus(judge(image)).mul(new Scalar(-0.003)).sum();
      context.add(prior).backward();
      double time = (System.nanoTime() - start) / 1e6;
      if (first) {
        answer.append(context.item_float()).append(' ').append(prior.item_float());
      }
      answer.append(' ').append(time);
    }
  }

  private Tensor generate(Tensor z) {
    Tensor x = z;
    for (int i = 0; i < LAYERS; i++) {
      TensorOptional bias = new TensorOptional(tensor("G" + i + ".bias"));
      Tensor weight = tensor("G" + i + ".weight");
      x =
          i == 0
              ? torch.conv_transpose2d(x, weight, bias, ONE, ZERO, ZERO, 1, ONE)
              : torch.conv_transpose2d(x, weight, bias, TWO, ONE, ZERO, 1, ONE);
      x = i < LAYERS - 1 ? torch.relu(x) : torch.tanh(x);
    }
    return x;
  }

  private Tensor judge(Tensor image) {
    Tensor x = image;
    for (int i = 0; i < LAYERS - 1; i++) {
      TensorOptional bias = new TensorOptional(tensor("D" + i + ".bias"));
      x = torch.conv2d(x, tensor("D" + i + ".weight"), bias, TWO, ONE, ONE, 1);
      x = torch.leaky_relu(x, new Scalar(0.2));
    }
    return torch.conv2d(
        x, tensor("D4.weight"), new TensorOptional(tensor("D4.bias")), ONE, ZERO, ONE, 1);
  }
}
