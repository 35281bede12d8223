package org.inpaint4j.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.Blender;
import org.inpaint4j.Discriminator;
import org.inpaint4j.Framing;
import org.inpaint4j.Generator;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.LossTerm;
import org.inpaint4j.SearchOptions;
import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.loss.ContextLoss;
import org.inpaint4j.loss.PriorLoss;

/**
 * Finds out what a file of weights holds.
 *
 * <p>Do not use it when the weights are not what the presets below assume, a StyleGAN trained at
 * another size than 256, say: then put the model together with {@link Dcgan} or {@link StyleGan}.
 */
public final class Models {

  private Models() {}

  /**
   * Loads whatever generator a file holds, together with its discriminator if there is one, and the
   * losses and search of the paper (Yeh et al. 2017) for it: a {@link Dcgan} with window 7, a
   * {@link StyleGan} with {@link StyleGan.Options#paper} and window 28.
   *
   * @param file a safetensors file or a PyTorch checkpoint. Not modified.
   * @return the model
   * @throws ModelFormatException if the file is broken, or holds no generator that is known
   * @throws IOException if it cannot be read
   */
  public static InpaintModel load(Path file) throws IOException {
    Weights weights = Weights.load(file);
    if (Dcgan.isIn(weights, true)) {
      Discriminator discriminator =
          Dcgan.isIn(weights, false) ? Dcgan.discriminator(weights) : null;
      return new FileModel(
          Dcgan.generator(weights),
          Optional.ofNullable(discriminator),
          7,
          SearchOptions.paperDcgan());
    }
    if (!StyleGan.prefixes(weights, true).isEmpty()) {
      StyleGan.Options options = StyleGan.Options.paper();
      Discriminator discriminator =
          StyleGan.prefixes(weights, false).isEmpty()
              ? null
              : StyleGan.discriminator(weights, options.size());
      return new FileModel(
          StyleGan.generator(weights, options),
          Optional.ofNullable(discriminator),
          28,
          SearchOptions.paperStyleGan());
    }
    throw weights.problem(
        "weights must hold a known generator: expected a DCGAN or a StyleGAN, found "
            + Dcgan.firstNames(weights));
  }

  /**
   * Tells in a few lines what a file holds, for people.
   *
   * @param file a safetensors file or a PyTorch checkpoint. Not modified.
   * @return lines without line ends, the first of which names the file
   * @throws ModelFormatException if the file is broken or of no known format
   * @throws IOException if it cannot be read
   */
  public static List<String> describe(Path file) throws IOException {
    Weights weights = Weights.load(file);
    long parameters = 0;
    for (String name : weights.names()) {
      long size = 1;
      for (int dimension : weights.shape(name)) {
        size *= dimension;
      }
      parameters += size;
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %d tensors, %d numbers"
            .formatted(weights.source(), weights.names().size(), parameters));
    lines.add("sha256 " + weights.sha256());
    int before = lines.size();
    if (Dcgan.isIn(weights, true)) {
      Generator generator = Dcgan.generator(weights);
      lines.add(
          "DCGAN generator, latent %d, images %s"
              .formatted(generator.latentSpace().size(), generator.imageShape()));
    }
    if (Dcgan.isIn(weights, false)) {
      lines.add("DCGAN discriminator, images " + Dcgan.discriminator(weights).imageShape());
    }
    for (String prefix : StyleGan.prefixes(weights, true)) {
      int blocks = 0;
      while (weights.has(prefix + "progression." + blocks + ".adain1.style.linear.weight_orig")) {
        blocks++;
      }
      lines.add(
          "StyleGAN generator under \"%s\", images up to %d pixels"
              .formatted(prefix, 4 << Math.max(0, Math.min(blocks, 9) - 1)));
    }
    for (String prefix : StyleGan.prefixes(weights, false)) {
      lines.add("StyleGAN discriminator under \"%s\"".formatted(prefix));
    }
    if (lines.size() == before) {
      lines.add("no network that is known; keys: " + Dcgan.firstNames(weights));
    }
    return lines;
  }

  /** A model as a file has it, with the presets of the paper. */
  private record FileModel(
      Generator generator, Optional<Discriminator> discriminator, int window, SearchOptions search)
      implements InpaintModel {

    @Override
    public List<LossTerm> losses() {
      LossTerm context = ContextLoss.weightedL1(window);
      return discriminator.isPresent()
          ? List.of(context, PriorLoss.logOneMinusD(0.003))
          : List.of(context);
    }

    @Override
    public Framing framing() {
      return Framing.centeredSquare();
    }

    @Override
    public Blender blender() {
      return PoissonBlender.create();
    }
  }
}
