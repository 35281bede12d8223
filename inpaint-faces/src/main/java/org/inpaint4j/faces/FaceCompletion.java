package org.inpaint4j.faces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.completion.CompletionFill;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;
import org.inpaint4j.model.Completion;
import org.inpaint4j.model.Weights;
import org.inpaint4j.model.face.Faces;
import org.inpaint4j.network.CompletionNetwork;
import org.inpaint4j.patch.PatchDetail;

/**
 * A {@link Completion} network of frontal, aligned colour faces of 128x128 pixels, trained on
 * CelebA: one pass sees the known pixels and fills the hole with what a face has there.
 *
 * <p>It fills so that people believe it, which is not what is closest to the truth: {@link Faces64}
 * searches for that. Its weights are a resource of this jar, stored as float16. The model card,
 * {@code docs/model-card-face-completion.md}, tells what it was trained on and what it cannot do.
 * Do not use it for anything but faces that fill the picture and look at the camera, and never as
 * evidence of what somebody looks like.
 */
public final class FaceCompletion implements InpaintModel {

  private static final String RESOURCE = "face-completion.safetensors";

  private final CompletionNetwork network;

  private FaceCompletion(CompletionNetwork network) {
    this.network = network;
  }

  /**
   * Loads the model, which takes about a tenth of a second.
   *
   * @return the model; immutable, for use by any number of inpainters
   */
  public static FaceCompletion load() {
    try {
      return new FaceCompletion(Completion.network(weights()));
    } catch (IOException e) {
      throw new UncheckedIOException("the jar must hold the weights of FaceCompletion", e);
    }
  }

  /**
   * The weights as they ship, for training the model further.
   *
   * @return named as {@link Completion} says
   * @throws IOException if the jar is broken
   */
  public static Weights weights() throws IOException {
    return Weights.ofResource(FaceCompletion.class, RESOURCE);
  }

  /**
   * The network.
   *
   * @return what completes the faces
   */
  public CompletionNetwork network() {
    return network;
  }

  @Override
  public Filler filler() {
    return CompletionFill.of(network);
  }

  /** The faces at the hole, set upright. */
  @Override
  public Framing framing() {
    return Faces.framing();
  }

  /** What of a hole lies outside of the faces is continued smoothly. */
  @Override
  public Optional<Filler> rest() {
    return Optional.of(SmoothFill.BIHARMONIC);
  }

  /**
   * Poisson: colours of the fill give way to those around the hole, its details stay. Where the
   * face has more pixels than the network, {@link PatchDetail} adds what the face itself has.
   */
  @Override
  public Blender blender() {
    return PoissonBlender.create().with(PatchDetail.create());
  }
}
