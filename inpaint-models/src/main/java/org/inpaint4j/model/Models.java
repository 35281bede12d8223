package org.inpaint4j.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.CompletionNetwork;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.search.SearchOptions;

/**
 * Loads models: from files, and models that jars on the class path contain.
 *
 * <p>The content of a file decides what it is, not its name: safetensors, a PyTorch checkpoint, or
 * a {@link ModelFormat} of another module.
 *
 * <p>Do not use it when the weights do not fit the presets. Then put the model together with {@link
 * Dcgan} or {@link StyleGan}.
 */
public final class Models {

  private Models() {}

  /**
   * Loads the model of a file: of a generator, together with its discriminator if there is one, a
   * {@link Dcgan#model} or a {@link StyleGan#paperStyleGan} of its {@link StyleGan#usualSize}; of a
   * completion network, that network with the square at the centre of the photo and Poisson
   * blending; else what a {@link ModelFormat} makes of it.
   *
   * @param file a safetensors file, a PyTorch checkpoint, or of a format on the class path. Not
   *     modified.
   * @return the model
   * @throws ModelFormatException if the file is broken, or holds no generator that is known
   * @throws IOException if it cannot be read
   */
  public static InpaintModel load(Path file) throws IOException {
    Optional<ModelFormat> format = formatOf(file);
    if (format.isPresent()) {
      return format.get().load(file);
    }
    Weights weights = Weights.load(file);
    if (DcganWeights.isIn(weights, NetworkRole.GENERATOR)) {
      return Dcgan.model(Dcgan.generator(weights), dcganDiscriminator(weights));
    }
    if (StyleGan.isIn(weights, NetworkRole.GENERATOR)) {
      return StyleGan.paperStyleGan(weights, StyleGan.usualSize(weights));
    }
    if (Completion.isIn(weights)) {
      return new CompletionModel(Completion.network(weights));
    }
    throw unknown(weights, "a known generator");
  }

  /**
   * Loads the StyleGAN of a file at a size that is not the one {@link #load(Path)} takes.
   *
   * @param file a safetensors file or a PyTorch checkpoint. Not modified.
   * @param size rows and columns of the images: 8, 16, … 1024
   * @return a {@link StyleGan#paperStyleGan} of that size
   * @throws ModelFormatException if the file is broken, holds no StyleGAN generator, or not the
   *     layers of the size
   * @throws IOException if it cannot be read
   */
  public static LatentModel load(Path file, int size) throws IOException {
    return StyleGan.paperStyleGan(Weights.load(file), size);
  }

  private static Optional<ModelFormat> formatOf(Path file) throws IOException {
    for (ModelFormat format : ServiceLoader.load(ModelFormat.class)) {
      if (format.isFormatOf(file)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /**
   * The models that jars on the class path ship.
   *
   * @return in the order of their names
   */
  public static List<ShippedModel> shipped() {
    return ServiceLoader.load(ShippedModel.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(ShippedModel::name))
        .toList();
  }

  /**
   * A model that a jar on the class path ships.
   *
   * @param name {@link ShippedModel#name}
   * @return the model, not loaded; empty if there is none of that name
   */
  public static Optional<ShippedModel> shipped(String name) {
    return shipped().stream().filter(model -> model.name().equals(name)).findFirst();
  }

  /**
   * Loads a model that a jar on the class path ships.
   *
   * @param name {@link ShippedModel#name}
   * @return the model
   * @throws IllegalArgumentException if there is none of that name
   */
  public static InpaintModel named(String name) {
    return shipped(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a shipped model must be on the class path: expected one of "
                        + shipped().stream().map(ShippedModel::name).toList()
                        + ", found "
                        + name))
        .load();
  }

  /**
   * A model whose latents are searched in another way.
   *
   * @param model all but the search
   * @param search the options of the search
   * @return the model with these options
   */
  public static LatentModel withSearch(LatentModel model, SearchOptions search) {
    return FileModel.searched(model, search);
  }

  /**
   * The networks of a model in the set-up of the paper (Yeh et al. 2017), for comparisons: 1500
   * steps of Adam (3000 for a {@link StyleGan}, in z, with truncation 0.7 if it was searched in
   * another space before) from one start on the weighted context loss and, if there is a
   * discriminator, 0.003 times the prior loss; then Poisson blending. Not for use: slower and
   * farther from the truth than what the models come with (docs/results.md).
   *
   * @param model the networks and the framing; its losses, search and blending are not used
   * @return the model of the paper
   */
  public static LatentModel asInPaper(LatentModel model) {
    return FileModel.asInPaper(model);
  }

  /**
   * The networks of a DCGAN as the reference searches them, for comparisons: {@link #asInPaper},
   * with batch norm in training mode. Images that are searched in one batch influence one another
   * ({@link Dcgan.BatchNorm#BATCH}), so a result depends on what else is asked for. Not for use.
   *
   * @param model a model with a DCGAN of {@link Dcgan}; its losses, search and blending are not
   *     used
   * @return the model of the reference
   * @throws IllegalArgumentException if the generator or the discriminator is of another kind
   */
  public static LatentModel asInReference(LatentModel model) {
    return FileModel.asInReference(model);
  }

  /**
   * Tells what a file holds. Slower than a look at its first bytes: everything is read and checked.
   *
   * @param file a safetensors file, a PyTorch checkpoint, or of a format on the class path. Not
   *     modified.
   * @return what was found
   * @throws ModelFormatException if the file is broken, or holds no model that is known
   * @throws IOException if it cannot be read
   */
  public static ModelInfo inspect(Path file) throws IOException {
    Optional<ModelFormat> other = formatOf(file);
    if (other.isPresent()) {
      return other.get().inspect(file);
    }
    return inspect(Weights.load(file), FileFormat.of(file).description());
  }

  /**
   * Tells what a model that a jar ships holds.
   *
   * @param shipped the model
   * @return what was found; nothing if it has no weights of its own
   * @throws IOException if the jar is broken
   */
  public static Optional<ModelInfo> inspect(ShippedModel shipped) throws IOException {
    Optional<Weights> weights = shipped.weights();
    return weights.isEmpty()
        ? Optional.empty()
        : Optional.of(inspect(weights.get(), "shipped as " + shipped.name()));
  }

  private static ModelInfo inspect(Weights weights, String format) throws ModelFormatException {
    if (DcganWeights.isIn(weights, NetworkRole.GENERATOR)
        || DcganWeights.isIn(weights, NetworkRole.DISCRIMINATOR)) {
      return dcganInfo(weights, format);
    }
    if (StyleGan.isIn(weights, NetworkRole.GENERATOR)
        || (StyleGan.isIn(weights, NetworkRole.DISCRIMINATOR)
            && !StyleGan2Keys.isBesideStyleGan3(weights))) {
      return styleGanInfo(weights, format);
    }
    if (Completion.isIn(weights)) {
      boolean judged = weights.has("discriminator.whole.weight");
      CompletionNetwork network = Completion.network(weights);
      return info(
          "completion network, " + format, weights, network.imageShape(), List.of(), judged);
    }
    throw unknown(weights, "a known network");
  }

  private static Optional<Discriminator> dcganDiscriminator(Weights weights)
      throws ModelFormatException {
    return DcganWeights.isIn(weights, NetworkRole.DISCRIMINATOR)
        ? Optional.of(Dcgan.discriminator(weights))
        : Optional.empty();
  }

  private static ModelInfo dcganInfo(Weights weights, String format) throws ModelFormatException {
    Optional<Discriminator> discriminator = dcganDiscriminator(weights);
    if (!DcganWeights.isIn(weights, NetworkRole.GENERATOR)) {
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
    boolean discriminator = StyleGan.isIn(weights, NetworkRole.DISCRIMINATOR);
    if (!StyleGan.isIn(weights, NetworkRole.GENERATOR)) {
      int size = StyleGan.largestSize(weights, NetworkRole.DISCRIMINATOR);
      return info(
          styleGanKind(weights, NetworkRole.DISCRIMINATOR) + " discriminator, " + format,
          weights,
          new ImageShape(3, new Size(size, size)),
          List.of(),
          true);
    }
    int size = StyleGan.usualSize(weights);
    int trained = StyleGan.trainedSize(weights);
    int largest = StyleGan.largestSize(weights, NetworkRole.GENERATOR);
    // Without truncation, so that no mean has to be computed.
    var options = new StyleGan.Options(size, StyleGan.Space.Z, 1, false);
    Generator generator = StyleGan.generator(weights, options);
    int style = generator.latentSpace().stages().get(0).size();
    int layers = 2 * (Integer.numberOfTrailingZeros(size) - 1);
    return info(
        styleGanKind(weights, NetworkRole.GENERATOR)
            + (trained < largest ? " trained up to " + trained + " pixels" : "")
            + (largest > size ? " with layers up to " + largest + " pixels" : "")
            + ", "
            + format,
        weights,
        generator.imageShape(),
        List.of("z (" + style + ")", "w (" + style + ")", "w+ (" + layers + " x " + style + ")"),
        discriminator);
  }

  private static String styleGanKind(Weights weights, NetworkRole role) {
    return StyleGan2Keys.isIn(weights, role) ? "StyleGAN2" : "StyleGAN";
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
            + ": expected a DCGAN, a StyleGAN, a StyleGAN2 or a completion network, found "
            + (StyleGan2Keys.isBesideStyleGan3(weights)
                ? "a StyleGAN3 (alias-free)"
                : weights.firstNames()));
  }
}
