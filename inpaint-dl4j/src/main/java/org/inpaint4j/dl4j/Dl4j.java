package org.inpaint4j.dl4j;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.WholeFile;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.ModelInfo;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.Weights;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.FeatureNetwork;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.inpaint4j.network.ValueRange;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A trained network of Deeplearning4j as a generator, a discriminator or a feature network; and
 * DCGANs as networks of Deeplearning4j.
 *
 * <p>The layers are translated to SameDiff ops, as they compute at inference: dense, convolution,
 * transposed convolution, sub- and upsampling, zero padding, global pooling, batch norm,
 * activation, dropout, output and loss layers, the preprocessors between dense layers and
 * convolutions, and the vertices that merge, combine, scale, shift and reshape. Images have their
 * channels first (NCHW), kernels are not dilated. Anything else ends in an error that names the
 * layer. The network is copied: what becomes of it later changes nothing here.
 *
 * <p>Do not use it to train: a network of {@link #generatorNetwork} trains several times slower in
 * Deeplearning4j than the same ops in SameDiff.
 */
public final class Dl4j {

  /** Beyond any image that a GAN makes; keeps a broken file from asking for all memory. */
  private static final int MAX_SIDE = 4096;

  private final Dl4jNetwork network;

  private Dl4j(Dl4jNetwork network) {
    this.network = network;
  }

  /**
   * Takes a network.
   *
   * @param network a trained network. Not modified, and copied.
   * @return the network as it is now
   */
  public static Dl4j of(MultiLayerNetwork network) {
    return new Dl4j(Dl4jNetwork.of(network));
  }

  /**
   * Takes a network.
   *
   * @param network a trained network with one input. Not modified, and copied.
   * @return the network as it is now
   * @throws IllegalArgumentException if it has another number of inputs
   */
  public static Dl4j of(ComputationGraph network) {
    return new Dl4j(Dl4jNetwork.of(network));
  }

  /**
   * Reads the zip that DL4J's {@code ModelSerializer} writes, of either kind of network. Only its
   * configuration and its parameters are read; no Java object is deserialised, and the
   * configuration may name no class outside of DL4J.
   *
   * @param file the zip. Not modified.
   * @return the network
   * @throws ModelFormatException if the file is broken or does not hold a network that DL4J can
   *     build
   * @throws IOException if it cannot be read
   */
  public static Dl4j load(Path file) throws IOException {
    return new Dl4j(Dl4jFile.read(file));
  }

  /**
   * The network as a generator that is searched in N(0, 1), with everything else told by its
   * layers: the size of the latent vector by the first, the shape of the images by all, and their
   * range by the last activation, tanh or sigmoid.
   *
   * @return the generator
   * @throws IllegalArgumentException if a layer cannot be translated, or does not tell this
   */
  public Generator generator() {
    int[] vector =
        network
            .vectorShape()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the first layer must tell the size of the latent vector: found a "
                            + network.nodes().get(0).kind().getClass().getSimpleName()));
    LatentSpace space = LatentSpace.standardNormal(vector[0]);
    int[] shape = outputShape(space);
    checkArgument(
        shape.length == 3,
        "the output must be images, or their shape be given: found vectors of %s",
        shape[0]);
    return generator(space, imageShape(shape), range());
  }

  /**
   * The network as a generator.
   *
   * @param space the space to search; its vectors are what goes into the network, in row-major
   *     order if that is images
   * @param images the shape of the images; the network's output is reshaped to it if it is vectors
   * @param range the values of its samples
   * @return the generator
   * @throws IllegalArgumentException if a layer cannot be translated, or shapes do not fit
   */
  public Generator generator(LatentSpace space, ImageShape images, ValueRange range) {
    int[] shape = outputShape(space);
    int[] expected = {images.channels(), images.height(), images.width()};
    checkArgument(
        Arrays.equals(shape, expected) || (shape.length == 1 && shape[0] == images.size()),
        "the output must have the shape of the images: expected %s, found %s",
        Arrays.toString(expected),
        Arrays.toString(shape));
    return new Dl4jRoles.NetworkGenerator(network, space, images, range);
  }

  /**
   * The network as a discriminator. Its last activation, a sigmoid or the identity, is left out.
   *
   * @param images the shape of the images it judges
   * @param range the values of the samples it was trained with
   * @return the discriminator
   * @throws IllegalArgumentException if a layer cannot be translated, if shapes do not fit, or if
   *     the output is not one logit for each image
   */
  public Discriminator discriminator(ImageShape images, ValueRange range) {
    var discriminator = new Dl4jRoles.NetworkDiscriminator(network, images, range);
    SameDiff trial = Engine.newGraph();
    discriminator.logits(
        trial,
        trial.placeHolder(
            "images", DataType.FLOAT, 1, images.channels(), images.height(), images.width()));
    return discriminator;
  }

  /**
   * The activations of some of the network's layers as features of images.
   *
   * @param range the values of the samples it was trained with, {@code new ValueRange(0, 255)} for
   *     example
   * @param layers the names of layers or vertices, as DL4J has them, from the finest to the
   *     coarsest. Vectors become features of 1x1.
   * @return the network
   * @throws IllegalArgumentException if there is no such layer
   */
  public FeatureNetwork features(ValueRange range, String... layers) {
    List<String> names = network.nodes().stream().map(Dl4jNetwork.Node::name).toList();
    checkArgument(layers.length > 0, "features must be of at least one layer: found none");
    for (String layer : layers) {
      checkArgument(
          names.contains(layer),
          "a layer must be of the network: expected %s, found %s",
          names,
          layer);
    }
    return new Dl4jRoles.NetworkFeatures(network, range, List.of(layers));
  }

  /**
   * The generator of a DCGAN as a network that can be trained on: its input is latent vectors [N,
   * size] or [N, size, 1, 1], its output images [N, C, H, W] from -1 to 1. It ends in a loss layer
   * for a mean squared error; as a part of a GAN it takes external errors.
   *
   * @param weights what holds the weights of one DCGAN generator, as for {@link Dcgan#generator}
   * @return a new network, initialised, in float32, with Adam (2e-4, 0.5) as its updater
   * @throws ModelFormatException as {@link Dcgan#generator} does
   */
  public static MultiLayerNetwork generatorNetwork(Weights weights) throws ModelFormatException {
    return DcganToDl4j.generator(weights);
  }

  /**
   * The discriminator of a DCGAN as a network that can be trained on: its input is images [N, C, H,
   * W] from -1 to 1, its output probabilities [N, 1] of being real, its loss the binary
   * cross-entropy.
   *
   * @param weights what holds the weights of one DCGAN discriminator, as for {@link
   *     Dcgan#discriminator}
   * @return a new network, initialised, in float32, with Adam (2e-4, 0.5) as its updater
   * @throws ModelFormatException as {@link Dcgan#discriminator} does, and if it has instance norm
   */
  public static MultiLayerNetwork discriminatorNetwork(Weights weights)
      throws ModelFormatException {
    return DcganToDl4j.discriminator(weights);
  }

  /**
   * Saves both networks of a DCGAN as DL4J networks, that a DL4J user can go on training: {@code
   * MODEL-generator.zip} and {@code MODEL-discriminator.zip} beside the model's file, float32 with
   * updaters in their first state. Not needed to inpaint, where the model's own file is smaller.
   *
   * @param weights what holds the weights of one DCGAN
   * @param model the model's file, whose name the two begin with
   * @return the two files, the generator's first
   * @throws ModelFormatException if the weights are not those of a DCGAN
   * @throws IOException if a file cannot be written; it is whole or not there at all
   */
  public static List<Path> saveNetworks(Weights weights, Path model) throws IOException {
    MultiLayerNetwork generator = generatorNetwork(weights);
    MultiLayerNetwork discriminator = discriminatorNetwork(weights);
    return List.of(
        save(generator, model, "-generator.zip"), save(discriminator, model, "-discriminator.zip"));
  }

  private static Path save(MultiLayerNetwork network, Path model, String ending)
      throws IOException {
    String name = String.valueOf(model.getFileName());
    int dot = name.lastIndexOf('.');
    Path file = model.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ending);
    WholeFile.write(file, out -> ModelSerializer.writeModel(network, out, true));
    return file;
  }

  @Override
  public String toString() {
    return network.identity();
  }

  /** As {@link Models#inspect} tells it. */
  ModelInfo info() {
    Optional<Generator> generator;
    try {
      generator = Optional.of(generator());
    } catch (IllegalArgumentException e) {
      generator =
          Optional.empty(); // a discriminator, perhaps, or what the caller has to say more of
    }
    return new ModelInfo(
        "DL4J " + network.type() + ", " + network.nodes().size() + " layers and vertices",
        generator.map(Generator::imageShape),
        generator.map(g -> List.of("z (" + g.latentSpace().size() + ")")).orElse(List.of()),
        network.parameterCount(),
        false,
        network.sha256());
  }

  private static ImageShape imageShape(int[] shape) {
    checkArgument(
        shape[1] <= MAX_SIDE && shape[2] <= MAX_SIDE,
        "images must be at most %s pixels wide and high: found %s",
        MAX_SIDE,
        Arrays.toString(shape));
    return new ImageShape(shape[0], new Size(shape[2], shape[1]));
  }

  /** The shape that comes out for one latent vector. */
  private int[] outputShape(LatentSpace space) {
    SameDiff trial = Engine.newGraph();
    SDVariable latent = trial.placeHolder("latent", DataType.FLOAT, 1, space.size());
    return Dl4jRoles.generated(network, trial, latent, space.size()).shape;
  }

  private ValueRange range() {
    IActivation last = new ActivationIdentity();
    for (Dl4jNetwork.Node node : network.nodes()) {
      if (node.name().equals(network.output())) {
        last = Dl4jGraph.activation(node);
      }
    }
    if (last instanceof ActivationTanH || last instanceof ActivationHardTanH) {
      return ValueRange.SIGNED;
    }
    if (last instanceof ActivationSigmoid) {
      return ValueRange.UNIT;
    }
    throw new IllegalArgumentException(
        "the last activation must tell the range of the images, or it be given: expected a tanh or"
            + " a sigmoid, found "
            + last.getClass().getSimpleName());
  }
}
