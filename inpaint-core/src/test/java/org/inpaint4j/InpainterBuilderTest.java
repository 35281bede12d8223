package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.inpaint4j.Pictures.noise;
import static org.inpaint4j.Pictures.pixels;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;
import org.inpaint4j.search.Optimizer;
import org.inpaint4j.search.SearchOptions;
import org.inpaint4j.search.TinyNetworks;
import org.inpaint4j.search.TinyNetworks.TinyDiscriminator;
import org.inpaint4j.search.TinyNetworks.TinyGenerator;
import org.junit.jupiter.api.Test;

/** What a builder takes, what it takes from a model, and what it refuses. */
class InpainterBuilderTest {

  private static final SearchOptions TWO_STEPS =
      SearchOptions.paperDcgan().toBuilder().steps(2).optimizer(Optimizer.adam(0.05)).build();

  private static final Square CORNER = new Square(2, 1, 18);

  /** A model whose parts all differ from what a builder takes without a model. */
  private record TinyModel() implements LatentModel {
    @Override
    public Generator generator() {
      return new TinyGenerator();
    }

    @Override
    public Optional<Discriminator> discriminator() {
      return Optional.of(new TinyDiscriminator());
    }

    @Override
    public List<LossTerm> losses() {
      return List.of(TinyNetworks.L1, TinyNetworks.REALISM);
    }

    @Override
    public SearchOptions search() {
      return TWO_STEPS;
    }

    @Override
    public Framing framing() {
      return Framing.square(CORNER);
    }

    @Override
    public Blender blender() {
      return (image, filling, mask) -> Blender.paste().blend(image, filling, mask);
    }
  }

  /** A model that is no latent search. */
  private record MeanModel() implements InpaintModel {
    @Override
    public Filler filler() {
      return new MeanFiller();
    }

    @Override
    public Framing framing() {
      return Framing.centeredSquare();
    }

    @Override
    public Blender blender() {
      return Blender.paste();
    }
  }

  private static InpaintRequest request() {
    return InpaintRequest.of(
        noise(24, 20, BufferedImage.TYPE_INT_RGB, 1), Mask.rectangle(24, 20, 6, 4, 7, 8));
  }

  private static InpaintResult fill(Inpainter.Builder builder) {
    try (Inpainter inpainter = builder.build()) {
      return inpainter.inpaint(request());
    }
  }

  @Test
  void build_incomplete_saysWhatIsMissing() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Inpainter.builder().build())
        .withMessage("an inpainter must have a model, a filler or a generator: found none");
    assertThatIllegalStateException()
        .isThrownBy(() -> Inpainter.builder().generator(new TinyGenerator()).build())
        .withMessage("an inpainter must have a model or losses: found neither");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> Inpainter.builder().generator(new TinyGenerator()).loss(TinyNetworks.L1).build())
        .withMessage("an inpainter must have a model or a blender: found neither");
  }

  @Test
  void builder_partSetTwice_isRefused() {
    Inpainter.Builder builder =
        TinyNetworks.inpainter(TWO_STEPS)
            .framing(Framing.centeredSquare())
            .filler(new MeanFiller())
            .model(new TinyModel());
    Map<String, ThrowingCallable> again = new LinkedHashMap<>();
    again.put("model", () -> builder.model(new TinyModel()));
    again.put("filler", () -> builder.filler(new MeanFiller()));
    again.put("generator", () -> builder.generator(new TinyGenerator()));
    again.put("discriminator", () -> builder.discriminator(new TinyDiscriminator()));
    again.put("search", () -> builder.search(TWO_STEPS));
    again.put("framing", () -> builder.framing(Framing.centeredSquare()));
    again.put("blender", () -> builder.blender(Blender.paste()));
    again.forEach(
        (what, call) ->
            assertThatIllegalStateException()
                .isThrownBy(call)
                .withMessage(what + " must be set once: found a second one"));
  }

  @Test
  void build_withoutTheDiscriminatorThatALossNeeds_isRefused() {
    Inpainter.Builder builder =
        Inpainter.builder()
            .generator(new TinyGenerator())
            .loss(TinyNetworks.REALISM)
            .blender(TinyNetworks.PASTE);
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessage("the loss 'realism' must be given a discriminator: found none");
  }

  @Test
  void build_withoutSearchOptions_takesBalanced() {
    try (Inpainter inpainter =
        Inpainter.builder()
            .generator(new TinyGenerator())
            .loss(TinyNetworks.L1)
            .blender(TinyNetworks.PASTE)
            .build()) {
      assertThat(inpainter.provenance().filler())
          .containsEntry("search", SearchOptions.balanced().toString());
    }
  }

  @Test
  void provenance_withoutFilling_isThatOfAResult() {
    try (Inpainter inpainter = TinyNetworks.inpainter(TWO_STEPS).build()) {
      Provenance before = inpainter.provenance();
      assertThat(before.seed()).isZero();
      assertThat(inpainter.inpaint(request()).provenance()).isEqualTo(before);
      assertThat(inpainter.inpaint(request().seed(3)).provenance())
          .isEqualTo(new Provenance(before.filler(), 3, before.versions()));
    }
  }

  @Test
  void build_modelAlone_takesAllItsParts() {
    InpaintResult result = fill(Inpainter.builder().model(new TinyModel()));
    InpaintResult byHand = fill(TinyNetworks.inpainter(TWO_STEPS).framing(Framing.square(CORNER)));
    assertThat(result.parts().get(0).square()).contains(CORNER);
    assertThat(pixels(result.image())).isEqualTo(pixels(byHand.image()));
    assertThat(result.provenance()).isEqualTo(byHand.provenance());
    // The filler of the model by itself is the same search.
    InpaintResult byFiller =
        fill(
            Inpainter.builder()
                .filler(new TinyModel().filler())
                .framing(Framing.square(CORNER))
                .blender(Blender.paste()));
    assertThat(pixels(byFiller.image())).isEqualTo(pixels(result.image()));
    assertThat(byFiller.provenance()).isEqualTo(result.provenance());
  }

  @Test
  void build_modelWithParts_takesThePartsInstead() {
    SearchOptions three = TWO_STEPS.toBuilder().steps(3).build();
    Blender black = (image, filling, mask) -> image.copy();
    InpaintResult result =
        fill(
            Inpainter.builder()
                .model(new TinyModel())
                .loss(TinyNetworks.L1)
                .search(three)
                .framing(Framing.centeredSquare())
                .blender(black));
    assertThat(result.provenance().filler())
        .containsEntry("losses", "l1")
        .containsEntry("search", three.toString());
    assertThat(result.search().trace().steps()).isEqualTo(3);
    assertThat(result.parts().get(0).square()).contains(new Square(2, 0, 20));
    // What is read in the hole is 0, and this blender leaves it so.
    assertThat(result.image().getRGB(8, 6) & 0xFFFFFF).isZero();
  }

  @Test
  void build_modelThatIsNoSearch_fillsAndTakesNoPartsOfASearch() {
    InpaintResult result = fill(Inpainter.builder().model(new MeanModel()));
    assertThat(result.provenance().filler()).containsExactly(Map.entry("filler", "mean"));
    assertThatIllegalStateException()
        .isThrownBy(result::search)
        .withMessageContaining("only a latent search has latents");
    assertThatIllegalStateException()
        .isThrownBy(() -> fill(Inpainter.builder().model(new MeanModel()).search(TWO_STEPS)))
        .withMessage("only a latent model can be given parts of a search: found MeanModel[]");
  }

  @Test
  void build_fillerWithPartsOfASearch_isRefused() {
    List<Inpainter.Builder> builders =
        List.of(
            Inpainter.builder().generator(new TinyGenerator()),
            Inpainter.builder().discriminator(new TinyDiscriminator()),
            Inpainter.builder().loss(TinyNetworks.L1),
            Inpainter.builder().search(TWO_STEPS),
            Inpainter.builder().recordFrames(1));
    for (Inpainter.Builder builder : builders) {
      assertThatIllegalStateException()
          .isThrownBy(() -> builder.filler(new MeanFiller()).build())
          .withMessageContaining("a filler must not be given parts of a latent search");
    }
  }

  @Test
  void build_thatFails_closesTheFiller() {
    boolean[] closed = new boolean[1];
    Filler needsBlender =
        new ForwardingFiller(new TinyModel().filler()) {
          @Override
          public void close() {
            super.close();
            closed[0] = true;
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> Inpainter.builder().filler(needsBlender).build());
    assertThat(closed[0]).isTrue();
  }
}
