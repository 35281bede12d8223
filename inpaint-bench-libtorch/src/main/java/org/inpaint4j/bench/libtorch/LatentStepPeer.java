package org.inpaint4j.bench.libtorch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The latent step of a GAN in libtorch: generator, weighted L1 loss, prior loss, discriminator, and
 * the gradient with respect to z alone, the weights being frozen.
 *
 * <p>Started with the file of tensors that the benchmark writes. Each line of standard input is a
 * number of steps; each is answered by a line with context loss, prior loss, and the milliseconds
 * of every step.
 */
public final class LatentStepPeer {

  /** What the names of these start with; their size follows. */
  private static final String STYLEGAN2 = "stylegan2-";

  private final Networks networks;

  private LatentStepPeer(Networks networks) {
    this.networks = networks;
  }

  /**
   * Serves steps until standard input ends.
   *
   * @param args the file of tensors, the number of threads, and {@code dcgan}, {@code stylegan} or
   *     {@code stylegan2-SIZE}
   * @throws IOException if the file cannot be read
   */
  public static void main(String[] args) throws IOException {
    torch.set_num_threads(Integer.parseInt(args[1]));
    LatentStepPeer peer = new LatentStepPeer(networks(args[2], TensorFile.read(Path.of(args[0]))));
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

  private static Networks networks(String name, TensorFile tensors) {
    if (name.startsWith(STYLEGAN2)) {
      int size = Integer.parseInt(name.substring(STYLEGAN2.length()));
      return new StyleGan2Networks(tensors, size);
    }
    return name.equals("dcgan") ? new DcganNetworks(tensors) : new StyleGanNetworks(tensors);
  }

  private void step(StringBuilder answer, boolean first) {
    try (PointerScope scope = new PointerScope()) {
      Tensor z = networks.tensor("z").clone();
      scope.attach(z);
      z.set_requires_grad(true);
      long start = System.nanoTime();
      Tensor image = networks.generate(z);
      Tensor context = torch.abs(networks.tensor("W").mul(image.sub(networks.tensor("y")))).sum();
      Tensor prior = torch.softplus(networks.judge(image)).mul(new Scalar(-0.003)).sum();
      context.add(prior).backward();
      double time = (System.nanoTime() - start) / 1e6;
      if (first) {
        answer.append(context.item_float()).append(' ').append(prior.item_float());
      }
      answer.append(' ').append(time);
    }
  }
}
