package org.inpaint4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.LatentModel;
import org.inpaint4j.files.PictureException;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.ModelInfo;
import org.inpaint4j.model.ShippedModel;
import org.inpaint4j.model.Weights;
import org.inpaint4j.photo.FaceExamples;

/** The models that {@code --model} and {@code inpaint model info} can name. */
final class Models {

  /** Of this shipped model the first stage is trained further. */
  private static final String FIRST_STAGE = "facecompletion";

  private Models() {}

  /** What is done with a file. */
  private interface Reader<T> {
    T read(Path file) throws IOException;
  }

  /**
   * A model by its name, from a file, or from a folder of pictures of faces.
   *
   * @param name {@code faces64}, a file with a generator, or a folder
   * @return the model
   * @throws UserException if there is no such model, or the file does not hold one
   */
  static InpaintModel load(String name) throws UserException {
    return load("--model", name);
  }

  /** The same, for another option. */
  static InpaintModel load(String option, String name) throws UserException {
    Optional<ShippedModel> shipped = org.inpaint4j.model.Models.shipped(name);
    if (shipped.isPresent()) {
      return shipped.get().load();
    }
    if (Files.isDirectory(Path.of(name))) {
      return examples(option, Path.of(name));
    }
    return read(option + " must be a shipped model or", name, org.inpaint4j.model.Models::load);
  }

  private static InpaintModel examples(String option, Path folder) throws UserException {
    try {
      return FaceExamples.of(folder);
    } catch (PictureException e) {
      throw new UserException(option + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UserException(option + " must be a folder that can be read: " + e);
    }
  }

  /**
   * The StyleGAN of a file, at a size.
   *
   * @param name a file with a StyleGAN generator
   * @param size rows and columns of its images
   * @return the model
   * @throws UserException if there is no such file, or not such a generator in it
   */
  static LatentModel load(String name, int size) throws UserException {
    checkSize(size);
    return read(
        "--size must be given with", name, file -> org.inpaint4j.model.Models.load(file, size));
  }

  private static void checkSize(int size) throws UserException {
    if (size < 8 || size > 1024 || Integer.bitCount(size) != 1) {
      throw new UserException("--size must be a power of two from 8 to 1024: found " + size);
    }
  }

  /**
   * What a model holds.
   *
   * @param name of a shipped model, or a file
   * @return what was found
   * @throws UserException if there is no such file, or no model in it
   */
  static ModelInfo inspect(String name) throws UserException {
    Optional<ShippedModel> shipped = org.inpaint4j.model.Models.shipped(name);
    if (shipped.isEmpty()) {
      return read("MODEL must be a shipped model or", name, org.inpaint4j.model.Models::inspect);
    }
    try {
      return org.inpaint4j.model.Models.inspect(shipped.get())
          .orElseThrow(
              () ->
                  new UserException(
                      "MODEL must have weights of its own: found "
                          + name
                          + ", which is put together from others"));
    } catch (IOException e) {
      throw broken(name, e);
    }
  }

  /**
   * The weights of a model by its name, or from a file, to train them further.
   *
   * @param name of a shipped model, or a file with weights; of {@code facecompletion} it is the
   *     first stage
   * @return the weights
   * @throws UserException if there is no such file, or no weights in it
   */
  static Weights weights(String name) throws UserException {
    Optional<ShippedModel> shipped = org.inpaint4j.model.Models.shipped(name);
    if (shipped.isPresent()) {
      try {
        Optional<Weights> weights = shipped.get().weights();
        if (weights.isPresent()) {
          return name.equals(FIRST_STAGE) ? weights.get().under("first.") : weights.get();
        }
      } catch (IOException e) {
        throw broken(name, e);
      }
    }
    return read("--start must be a shipped model with weights of its own or", name, Weights::load);
  }

  private static UncheckedIOException broken(String name, IOException e) {
    return new UncheckedIOException("the jar must hold the weights of " + name, e);
  }

  private static <T> T read(String rule, String name, Reader<T> reader) throws UserException {
    Path file = Path.of(name);
    if (!Files.isRegularFile(file)) {
      throw new UserException(rule + " a model file: found no file " + name);
    }
    try {
      return reader.read(file);
    } catch (ModelFormatException e) {
      throw new UserException(rule + " a model file: " + e.getMessage());
    } catch (IOException e) {
      throw new UserException(rule + " a file that can be read: " + e);
    }
  }
}
