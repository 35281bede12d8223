package org.inpaint4j.model;

import org.inpaint4j.image.Size;

import org.inpaint4j.dl4j.Dl4j;
import org.inpaint4j.dl4j.Dl4jFile;
import org.inpaint4j.faces.Faces64;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.LatentModel;

/**
 * Finds out what a model file is: safetensors, a PyTorch checkpoint or a DL4J zip, by its first
 * bytes and the names of its tensors, not by its name.
 *
 * <p>Do not use it when the weights are not what the presets assume, a StyleGAN trained at another
 * size than the smaller of 256 and the largest its file has layers for, say: then put the model
 * together with {@link Dcgan}, {@link StyleGan} or {@link Dl4j}.
 */
public final class Models {

  /** The size of the StyleGAN of the paper, whose file has layers for more. */
  private static final int STYLEGAN_SIZE = 256;

  private Models() {}

  /**
   * Loads whatever generator a file holds, together with its discriminator if there is one: a
   * {@link Dcgan} or a {@link Dl4j} generator with losses, search and blending of {@link Faces64}
   * (window 7 at 64 pixels), a {@link StyleGan} as {@link StyleGan#paperStyleGan}.
   *
   * @param file a safetensors file, a PyTorch checkpoint or a DL4J zip. Not modified.
   * @return the model
   * @throws ModelFormatException if the file is broken, or holds no generator that is known
   * @throws IOException if it cannot be read
   */
  public static LatentModel load(Path file) throws IOException {
    if (Dl4jFile.isNetwork(file)) {
      return dcgan(dl4jGenerator(file), Optional.empty());
    }
    Weights weights = Weights.load(file);
    if (Dcgan.isIn(weights, true)) {
      return dcgan(Dcgan.generator(weights), dcganDiscriminator(weights));
    }
    if (StyleGan.isIn(weights, true)) {
      return StyleGan.paperStyleGan(weights, styleGanSize(weights));
    }
    throw unknown(weights, "a known generator");
  }

  /**
   * The networks of a model in the set-up of the paper (Yeh et al. 2017), for comparisons: 1500
   * steps of Adam from one start on the weighted context loss and, if there is a discriminator,
   * 0.003 times the prior loss; then Poisson blending. Not for use: slower and farther from the
   * truth than what the models come with (docs/results.md).
   *
   * @param model the networks and the framing; its losses, search and blending are not used
   * @return the model of the paper
   */
  public static LatentModel asInPaper(LatentModel model) {
    return FileModel.asInPaper(model);
  }

  /**
   * Tells what a file holds. Slower than a look at its first bytes: everything is read and checked.
   *
   * @param file a safetensors file, a PyTorch checkpoint or a DL4J zip. Not modified.
   * @return what was found
   * @throws ModelFormatException if the file is broken, or holds no model that is known
   * @throws IOException if it cannot be read
   */
  public static ModelInfo inspect(Path file) throws IOException {
    if (Dl4jFile.isNetwork(file)) {
      return Dl4j.load(file).info();
    }
    String format = FileFormat.of(file).description();
    Weights weights = Weights.load(file);
    if (Dcgan.isIn(weights, true) || Dcgan.isIn(weights, false)) {
      return dcganInfo(weights, format);
    }
    if (StyleGan.isIn(weights, true) || StyleGan.isIn(weights, false)) {
      return styleGanInfo(weights, format);
    }
    throw unknown(weights, "a known network");
  }

  private static LatentModel dcgan(Generator generator, Optional<Discriminator> discriminator) {
    return FileModel.likeFaces64(generator, discriminator);
  }

  private static Generator dl4jGenerator(Path file) throws IOException {
    Dl4j network = Dl4j.load(file);
    try {
      return network.generator();
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(
          String.valueOf(file.getFileName()),
          "the network must be a generator: " + e.getMessage(),
          e);
    }
  }

  private static Optional<Discriminator> dcganDiscriminator(Weights weights)
      throws ModelFormatException {
    return Dcgan.isIn(weights, false)
        ? Optional.of(Dcgan.discriminator(weights))
        : Optional.empty();
  }

  private static ModelInfo dcganInfo(Weights weights, String format) throws ModelFormatException {
    Optional<Discriminator> discriminator = dcganDiscriminator(weights);
    if (!Dcgan.isIn(weights, true)) {
      ImageShape judged = discriminator.orElseThrow().imageShape();
      return info("DCGAN discriminator, " + format, weights, judged, List.of(), true);
    }
    Generator generator = Dcgan.generator(weights);
    return info(
        "DCGAN, " + format,
        weights,
        generator.imageShape(),
        List.of("z (" + generator.latentSpace().size() + ")"),
        discriminator.isPresent());
  }

  private static ModelInfo styleGanInfo(Weights weights, String format)
      throws ModelFormatException {
    boolean discriminator = StyleGan.isIn(weights, false);
    if (!StyleGan.isIn(weights, true)) {
      int size = StyleGan.largestSize(weights, false);
      return info(
          "StyleGAN discriminator, " + format,
          weights,
          new ImageShape(3, new Size(size, size)),
          List.of(),
          true);
    }
    int size = styleGanSize(weights);
    int largest = StyleGan.largestSize(weights, true);
    // Without truncation, so that no mean has to be computed.
    var options = new StyleGan.Options(size, StyleGan.Space.Z, 1, false);
    Generator generator = StyleGan.generator(weights, options);
    int style = generator.latentSpace().stages().get(0);
    int layers = 2 * (Integer.numberOfTrailingZeros(size) - 1);
    return info(
        "StyleGAN"
            + (largest > size ? " with layers up to " + largest + " pixels, " : ", ")
            + format,
        weights,
        generator.imageShape(),
        List.of("z (" + style + ")", "w (" + style + ")", "w+ (" + layers + " x " + style + ")"),
        discriminator);
  }

  private static int styleGanSize(Weights weights) throws ModelFormatException {
    return Math.min(STYLEGAN_SIZE, StyleGan.largestSize(weights, true));
  }

  private static ModelInfo info(
      String kind, Weights weights, ImageShape images, List<String> spaces, boolean discriminator) {
    long parameters = 0;
    for (String name : weights.names()) {
      long size = 1;
      for (int dimension : weights.shape(name)) {
        size *= dimension;
      }
      parameters += size;
    }
    return new ModelInfo(
        kind, Optional.of(images), spaces, parameters, discriminator, weights.sha256());
  }

  private static ModelFormatException unknown(Weights weights, String what) {
    return weights.problem(
        "weights must hold "
            + what
            + ": expected a DCGAN or a StyleGAN, found "
            + Dcgan.firstNames(weights));
  }
}
