package org.inpaint4j.faces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.Framing;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.Blender;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.Weights;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;
import org.inpaint4j.search.SearchOptions;

/**
 * A {@link Dcgan} of frontal, aligned colour faces of 64x64 pixels, trained on CelebA.
 *
 * <p>Its weights are a resource of this jar, stored as float16. The model card, {@code
 * docs/model-card-faces64.md}, tells what it was trained on and what it cannot do. Do not use it
 * for anything but faces that fill the picture and look at the camera.
 */
public final class Faces64 implements LatentModel {

  private static final String RESOURCE = "faces64.safetensors";

  private final LatentModel model;

  private Faces64(LatentModel model) {
    this.model = model;
  }

  /**
   * Loads the model, which takes about a tenth of a second.
   *
   * @return the model; immutable, for use by any number of inpainters
   */
  public static Faces64 load() {
    try {
      Weights weights = weights();
      return new Faces64(
          Dcgan.model(Dcgan.generator(weights), Optional.of(Dcgan.discriminator(weights))));
    } catch (IOException e) {
      throw new UncheckedIOException("the jar must hold the weights of Faces64", e);
    }
  }

  /**
   * The weights as they ship, for training the model further.
   *
   * @return {@code generator.main.0.weight} and so on, {@code discriminator.main.0.weight} and so
   *     on
   * @throws IOException if the jar is broken
   */
  public static Weights weights() throws IOException {
    return Weights.ofResource(Faces64.class, RESOURCE);
  }

  @Override
  public Generator generator() {
    return model.generator();
  }

  @Override
  public Optional<Discriminator> discriminator() {
    return model.discriminator();
  }

  /**
   * Weighted context loss alone, with a weight of 0.02 on all known pixels: 0.16 dB better on 64
   * faces, and G(z) is the person of the photo (docs/searching.md). The prior loss doubles the time
   * of a step and moves the result by less than 0.01 dB; the bound of {@link #search} keeps faces
   * faces.
   */
  @Override
  public List<LossTerm> losses() {
    return model.losses();
  }

  @Override
  public SearchOptions search() {
    return model.search();
  }

  @Override
  public Framing framing() {
    return model.framing();
  }

  @Override
  public Blender blender() {
    return model.blender();
  }
}
