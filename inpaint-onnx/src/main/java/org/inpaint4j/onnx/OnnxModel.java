package org.inpaint4j.onnx;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.ModelInfo;

/**
 * A trained inpainting network in an ONNX file: LaMa, MI-GAN, AOT-GAN, EdgeConnect, or another one
 * with an {@link OnnxContract} of its own.
 *
 * <pre>{@code
 * try (Inpainter inpainter = Inpainter.builder().model(OnnxModel.load(file)).build()) {
 *   BufferedImage filled = inpainter.inpaint(photo, mask).image();
 * }
 * }</pre>
 *
 * <p>ONNX Runtime runs it, on processors. Photos of any size are filled: the network is shown a
 * square with a margin around the hole, and its filling is brought back and blended. Known pixels
 * stay as they are, whatever the network makes of them. One filling comes out, whatever the seed.
 *
 * <p>Not for details finer than the network's resolution: in a large photo a large hole is filled
 * softly, and {@code inpaint-patch} keeps its grain. The licence of a file is that of whoever
 * published it (docs/onnx.md).
 *
 * <p>On Linux the command line of the program must be shorter than 3900 bytes, because ONNX Runtime
 * 1.29 crashes under a longer one; {@link IllegalStateException} says so. Give java a long class
 * path in a file.
 *
 * <p>Immutable, for use by any number of inpainters. A filler holds native memory until it is
 * closed, and serves several threads at once.
 */
public final class OnnxModel implements InpaintModel {

  private final Path file;
  private final Optional<Path> edges;
  private final OnnxContract contract;
  private final String sha256;
  private final long parameters;
  private final int threads;

  private OnnxModel(
      Path file,
      Optional<Path> edges,
      OnnxContract contract,
      String sha256,
      long parameters,
      int threads) {
    this.file = file;
    this.edges = edges;
    this.contract = contract;
    this.sha256 = sha256;
    this.parameters = parameters;
    this.threads = threads;
  }

  /**
   * Loads a network and finds its contract: from the number, types and dimensions of its inputs,
   * and from what it makes of a test picture.
   *
   * @param file an ONNX file, which must stay where it is while fillers are made. Not modified.
   * @return the model
   * @throws ModelFormatException if ONNX Runtime cannot load the file, or the network is of no
   *     contract that is known
   * @throws IOException if the file cannot be read
   */
  public static OnnxModel load(Path file) throws IOException {
    try (Network network = Network.open(file, cores(), false)) {
      return of(file, Optional.empty(), Detection.of(network, name(file)));
    }
  }

  /**
   * Loads a network with a contract that is given.
   *
   * @param file an ONNX file, which must stay where it is while fillers are made. Not modified.
   * @param contract what it is to be fed
   * @return the model
   * @throws ModelFormatException if ONNX Runtime cannot load the file, or its inputs are not those
   *     of the contract
   * @throws IOException if the file cannot be read
   */
  public static OnnxModel load(Path file, OnnxContract contract) throws IOException {
    try (Network network = Network.open(file, cores(), false)) {
      Wiring unused = Wiring.of(contract, network.inputs(), name(file));
      return of(file, Optional.empty(), contract);
    }
  }

  /**
   * Loads the two networks of EdgeConnect (Nazeri et al., 2019): the first continues the edges that
   * Canny's detector finds (sigma 2), the second fills in the colours. They are run with 256
   * pixels, or the one size that the second takes.
   *
   * @param edges an ONNX file: one input of three channels, gray with the hole 1, edges, mask. Not
   *     modified.
   * @param colours an ONNX file: one input of four channels, colours with the hole 1, edges. Not
   *     modified.
   * @return the model
   * @throws ModelFormatException if ONNX Runtime cannot load a file, or it has other inputs
   * @throws IOException if a file cannot be read
   */
  public static OnnxModel edgeConnect(Path edges, Path colours) throws IOException {
    try (Network first = Network.open(edges, cores(), false);
        Network second = Network.open(colours, cores(), false)) {
      OnnxContract contract = EdgePass.contract(second, name(colours));
      EdgePass.check(first, contract, name(edges));
      return of(colours, Optional.of(edges), contract);
    }
  }

  private static OnnxModel of(Path file, Optional<Path> edges, OnnxContract contract)
      throws IOException {
    String sha256 = OnnxFile.sha256(file);
    long parameters = OnnxFile.parameters(file);
    if (edges.isPresent()) {
      sha256 = OnnxFile.sha256(edges.get()) + " " + sha256;
      parameters += OnnxFile.parameters(edges.get());
    }
    return new OnnxModel(file, edges, contract, sha256, parameters, cores());
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /**
   * The same model run by another number of threads; one a core unless this says otherwise.
   *
   * @param count the threads of one filler, at least 1, which all its callers share
   * @return the model
   */
  public OnnxModel threads(int count) {
    checkArgument(count > 0, "the number of threads must be positive: found %s", count);
    return new OnnxModel(file, edges, contract, sha256, parameters, count);
  }

  /**
   * What the network is fed, and what its output means.
   *
   * @return the contract, found or given
   */
  public OnnxContract contract() {
    return contract;
  }

  /**
   * What the file holds.
   *
   * @return kind, size, number of parameters and SHA-256 of the file
   */
  public ModelInfo info() {
    return new ModelInfo(
        contract.name() + ", ONNX", Optional.of(shape()), List.of(), parameters, false, sha256);
  }

  private ImageShape shape() {
    return new ImageShape(3, contract.size());
  }

  /**
   * Opens the network.
   *
   * @return a new filler, which may be used by several threads at once, and which the caller closes
   * @throws UncheckedIOException if the file has gone or was changed
   */
  @Override
  public Filler filler() {
    try {
      return new OnnxFill(shape(), open(), provenance());
    } catch (IOException e) {
      throw new UncheckedIOException("the file of a model must stay as it was loaded", e);
    }
  }

  private OnnxFill.Pass open() throws IOException {
    Network network = Network.open(file, threads, true);
    try {
      Wiring wiring = Wiring.of(contract, network.inputs(), name(file));
      return edges.isPresent()
          ? new EdgePass(Network.open(edges.get(), threads, true), network, contract, wiring)
          : new OnePass(network, contract, wiring);
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  private Map<String, String> provenance() {
    Map<String, String> made = new LinkedHashMap<>();
    made.put("filler", "onnx");
    made.put("network", contract.name() + " " + sha256);
    made.put("contract", contract.toString());
    return made;
  }

  /** Squares around the hole, with a margin of half the hole, that may reach beyond the photo. */
  @Override
  public Framing framing() {
    return new HoleFraming();
  }

  /** Poisson: colours of the filling give way to those around the hole, its details stay. */
  @Override
  public Blender blender() {
    return PoissonBlender.create();
  }

  /** A photo of which the network could be shown nothing that is known is continued smoothly. */
  @Override
  public Optional<Filler> rest() {
    return Optional.of(SmoothFill.HARMONIC);
  }

  @Override
  public String toString() {
    return contract.name() + " of " + name(file);
  }
}
