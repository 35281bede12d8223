package org.inpaint4j.search;

import java.util.Optional;
import org.inpaint4j.Inpainter;
import org.inpaint4j.graph.TinyGraphs;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.inpaint4j.network.LossInputs;
import org.inpaint4j.network.LossTerm;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Small networks with weights from a seed: 8 numbers to 3x16x16 images, and back to a logit. */
public final class TinyNetworks {

  public static final int LATENT = TinyGraphs.LATENT;
  public static final ImageShape SHAPE = new ImageShape(3, new Size(16, 16));

  private TinyNetworks() {}

  /** An inpainter made of them. */
  public static Inpainter.Builder inpainter(SearchOptions options) {
    return Inpainter.builder()
        .generator(new TinyGenerator())
        .discriminator(new TinyDiscriminator())
        .loss(L1)
        .loss(REALISM)
        .search(options)
        .blender(PASTE);
  }

  /** Dense, transposed convolution to 8x8, ReLU, transposed convolution to 16x16, tanh. */
  public static final class TinyGenerator implements Generator {
    private final LatentSpace space;

    public TinyGenerator() {
      this(LatentSpace.standardNormal(LATENT));
    }

    public TinyGenerator(LatentSpace space) {
      this.space = space;
    }

    @Override
    public LatentSpace latentSpace() {
      return space;
    }

    @Override
    public ImageShape imageShape() {
      return SHAPE;
    }

    @Override
    public String identity() {
      return "tiny";
    }

    @Override
    public SDVariable generate(SameDiff graph, SDVariable latent) {
      return TinyGraphs.generate(graph, latent);
    }
  }

  /** Two convolutions with leaky ReLUs, then dense. */
  public static final class TinyDiscriminator implements Discriminator {
    @Override
    public ImageShape imageShape() {
      return SHAPE;
    }

    @Override
    public SDVariable logits(SameDiff graph, SDVariable images) {
      long batch = graph.getVariable(SearchGraph.LATENT).placeholderShape()[0];
      return TinyGraphs.logits(graph, images, batch);
    }
  }

  /** The sum over known pixels of |G(z) - y|. */
  public static final LossTerm L1 =
      new LossTerm() {
        @Override
        public String name() {
          return "l1";
        }

        @Override
        public Optional<float[]> pixelWeights(Mask mask) {
          float[] weights = new float[mask.size().pixels()];
          for (int i = 0; i < weights.length; i++) {
            weights[i] = mask.isHole(i % mask.width(), i / mask.width()) ? 0 : 1;
          }
          return Optional.of(weights);
        }

        @Override
        public SDVariable add(LossInputs inputs) {
          SDVariable difference = inputs.generated().sub(inputs.target());
          return inputs.graph().math().abs(inputs.mask().mul(difference)).sum(1, 2, 3);
        }
      };

  /** -0.1 softplus(logit). */
  public static final LossTerm REALISM =
      new LossTerm() {
        @Override
        public String name() {
          return "realism";
        }

        @Override
        public boolean needsDiscriminator() {
          return true;
        }

        @Override
        public SDVariable add(LossInputs inputs) {
          return inputs.graph().nn().softplus(inputs.logits()).mul(-0.1);
        }
      };

  /** Takes the filling as it is. */
  public static final Blender PASTE = Blender.paste();
}
