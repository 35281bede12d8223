package org.inpaint4j.search;

import org.inpaint4j.Inpainter;
import org.inpaint4j.graph.TinyGraphs;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
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
        .blender(PASTE)
        .seed(7);
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
        public SDVariable add(LossInputs inputs) {
          return inputs.graph().nn().softplus(inputs.logits()).mul(-0.1);
        }
      };

  /** Takes the filling as it is. */
  public static final Blender PASTE =
      (image, filling, mask) -> {
        ImagePlanes result = image.copy();
        for (int c = 0; c < image.channels(); c++) {
          for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
              if (mask.isHole(x, y)) {
                result.samples()[(c * image.height() + y) * image.width() + x] =
                    filling.get(c, x, y);
              }
            }
          }
        }
        return result;
      };
}
