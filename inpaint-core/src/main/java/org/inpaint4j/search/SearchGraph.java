package org.inpaint4j.search;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.graph.GraphPlan;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossInputs;
import org.inpaint4j.network.LossTerm;
import org.inpaint4j.network.ValueRange;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The graph of one search step for a fixed number of images: latent, generator, losses, gradient.
 *
 * <p>Everything that differs between images is an input, so one graph serves all of them.
 */
final class SearchGraph {

  static final String LATENT = "latent";
  static final String TARGET = "target";
  static final String MASK = "mask";

  /** An input that a loss term computes from an image. */
  record Derived(String name, LossInputs.Computation computation) {}

  private final SameDiff graph = Engine.newGraph();
  private final List<Derived> derived = new ArrayList<>();
  private final List<String> terms = new ArrayList<>();
  private final ImageShape shape;
  private final SDVariable generated;
  private final SDVariable gradient;

  SearchGraph(
      Generator generator,
      Optional<Discriminator> discriminator,
      List<LossTerm> losses,
      int images) {
    checkArgument(!losses.isEmpty(), "a search must have a loss term: found none");
    shape = generator.imageShape();
    DataType type = DataType.FLOAT;
    SDVariable latent = graph.placeHolder(LATENT, type, images, generator.latentSpace().size());
    SDVariable target =
        graph.placeHolder(TARGET, type, images, shape.channels(), shape.height(), shape.width());
    SDVariable mask = graph.placeHolder(MASK, type, images, 1, shape.height(), shape.width());
    generated =
        convert(generator.generate(graph, latent), generator.valueRange(), ValueRange.SIGNED);
    Inputs inputs = new Inputs(latent, target, mask, discriminator);
    SDVariable total = null;
    for (int t = 0; t < losses.size(); t++) {
      inputs.term = t;
      SDVariable term = losses.get(t).add(inputs);
      terms.add(term.name());
      SDVariable sum = term.sum();
      total = total == null ? sum : total.add(sum);
    }
    checkState(total != null, "a search must have a loss");
    gradient = GraphPlan.addGradients(graph, total, List.of(latent)).get(0);
  }

  /** Maps samples of one range to another. */
  private static SDVariable convert(SDVariable samples, ValueRange from, ValueRange to) {
    if (from.equals(to)) {
      return samples;
    }
    double scale = (to.white() - to.black()) / (from.white() - from.black());
    return samples.mul(scale).add(to.black() - scale * from.black());
  }

  SameDiff graph() {
    return graph;
  }

  /** [N, C, H, W] in [-1, 1]. */
  String generated() {
    return generated.name();
  }

  /** [N, latent size]. */
  String gradient() {
    return gradient.name();
  }

  /** [N] each. */
  List<String> terms() {
    return terms;
  }

  List<Derived> derived() {
    return derived;
  }

  private final class Inputs implements LossInputs {
    private final SDVariable latent;
    private final SDVariable target;
    private final SDVariable mask;
    private final Optional<Discriminator> discriminator;
    private @Nullable SDVariable logits;
    private int term;

    Inputs(
        SDVariable latent,
        SDVariable target,
        SDVariable mask,
        Optional<Discriminator> discriminator) {
      this.latent = latent;
      this.target = target;
      this.mask = mask;
      this.discriminator = discriminator;
    }

    @Override
    public SameDiff graph() {
      return graph;
    }

    @Override
    public ImageShape imageShape() {
      return shape;
    }

    @Override
    public SDVariable latent() {
      return latent;
    }

    @Override
    public SDVariable generated() {
      return generated;
    }

    @Override
    public SDVariable target() {
      return target;
    }

    @Override
    public SDVariable mask() {
      return mask;
    }

    @Override
    public SDVariable logits() {
      if (logits == null) {
        Discriminator judge =
            discriminator.orElseThrow(
                () ->
                    new IllegalStateException(
                        "a loss on the discriminator must be given one: found no discriminator"));
        logits = judge.logits(graph, convert(generated, ValueRange.SIGNED, judge.valueRange()));
      }
      return logits;
    }

    @Override
    public SDVariable perImage(String name, Computation computation, long... shape) {
      String unique = "term" + term + "/" + name;
      long[] batch = Longs.concat(new long[] {latent.placeholderShape()[0]}, shape);
      derived.add(new Derived(unique, computation));
      return graph.placeHolder(unique, generated.dataType(), batch);
    }
  }
}
