package org.inpaint4j.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.inpaint4j.Discriminator;
import org.inpaint4j.Generator;

/**
 * The model that ships with the library: a {@link Dcgan} of frontal, aligned colour faces of 64x64
 * pixels, trained on CelebA.
 *
 * <p>Its weights are a resource of this jar, stored as float16. The model card, {@code
 * docs/model-card-faces64.md}, tells what it was trained on and what it cannot do. Do not use it
 * for anything but faces that fill the picture and look at the camera.
 */
public final class Faces64 {

  private static final String RESOURCE = "faces64.safetensors";

  private final Generator generator;
  private final Discriminator discriminator;

  private Faces64(Generator generator, Discriminator discriminator) {
    this.generator = generator;
    this.discriminator = discriminator;
  }

  /**
   * Loads the model, which takes about a tenth of a second.
   *
   * @return the model; immutable, for use by any number of inpainters
   */
  public static Faces64 load() {
    try {
      Weights weights = weights();
      return new Faces64(Dcgan.generator(weights), Dcgan.discriminator(weights));
    } catch (IOException e) {
      throw new UncheckedIOException("the jar must hold the weights of Faces64", e);
    }
  }

  /** The weights as they ship: {@code generator.main.0.weight} and so on. */
  static Weights weights() throws IOException {
    return Weights.ofResource(Faces64.class, RESOURCE);
  }

  /**
   * The generator.
   *
   * @return 100 numbers from N(0, 1) to a 3x64x64 image
   */
  public Generator generator() {
    return generator;
  }

  /**
   * The discriminator that was trained with the generator.
   *
   * @return for 3x64x64 images
   */
  public Discriminator discriminator() {
    return discriminator;
  }
}
