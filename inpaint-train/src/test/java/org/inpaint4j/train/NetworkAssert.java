package org.inpaint4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.inpaint4j.model.Weights;

/** Compares networks after iterations with those of PyTorch in double precision. */
final class NetworkAssert {

  /**
   * The largest deviation of float32 from double: losses and statistics are sums of some thousand
   * terms, each off by 6e-8 of its size.
   */
  static final float ROUNDING = 2e-6f;

  private NetworkAssert() {}

  static void assertSame(Network network, Weights expected, float rate) {
    assertSame(network, expected, rate, more -> {});
  }

  /**
   * Compares all tensors.
   *
   * @param rate the learning rate. A weight moves by about so much, whatever its gradient's size;
   *     where the gradient is nearly zero its rounding decides on the direction. So single weights
   *     may be off by a share of the rate, but not many.
   * @param more adds what belongs to the network besides
   */
  static void assertSame(
      Network network, Weights expected, float rate, Consumer<Weights.Builder> more) {
    Weights.Builder builder = Weights.builder();
    network.export(network.values, network.running, "", builder);
    more.accept(builder);
    Weights actual = builder.build("ours");
    assertThat(actual.names()).isEqualTo(expected.names());
    int far = 0;
    int all = 0;
    for (String name : actual.names()) {
      assertThat(actual.shape(name)).as(name).isEqualTo(expected.shape(name));
      float[] a = actual.values(name);
      float[] e = expected.values(name);
      for (int i = 0; i < a.length; i++) {
        float difference = Math.abs(a[i] - e[i]);
        if (name.contains("running")) {
          assertThat(difference).as(name).isLessThan(ROUNDING * Math.max(1, Math.abs(e[i])));
        } else {
          assertThat(difference).as(name).isLessThan(rate);
          all++;
          far += difference > rate / 100 ? 1 : 0;
        }
      }
    }
    assertThat(far)
        .as("weights off by more than 1 %% of an update, of %s", all)
        .isLessThan(all / 100);
  }
}
