package org.inpaint4j.eval.experiment;

import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.LatentModel;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.Mask;
import org.inpaint4j.search.SearchOptions;
import org.inpaint4j.model.Models;

/**
 * A way to fill holes, as a method of a {@link TableExperiment}.
 *
 * <p>Implementations may be used by several threads.
 */
public interface FillMethod extends AutoCloseable {

  /**
   * The name in tables and file names.
   *
   * @return letters, digits, spaces, dots and hyphens
   */
  String name();

  /**
   * What exactly this is, so that a table that is continued later does not mix two methods.
   *
   * @return for example the model's hash and the options; the name unless overridden
   */
  default String identity() {
    return name();
  }

  /**
   * Whether one call already keeps all cores busy. If not, several batches run at once.
   *
   * @return false unless overridden
   */
  default boolean usesAllCores() {
    return false;
  }

  /**
   * Fills a batch of images. The result of an image may not depend on its batch mates.
   *
   * @param images 3 channels of samples from 0 to 1, and 0 throughout the hole. Not modified.
   * @param masks one mask for each image. Not modified.
   * @param seeds one seed for each image; the same seed gives the same result
   * @return one fill for each image
   */
  List<Fill> fill(List<ImagePlanes> images, List<Mask> masks, long[] seeds);

  /** Frees what the method holds; nothing unless overridden. */
  @Override
  default void close() {}

  /**
   * A filled image.
   *
   * @param image the image, of the shape given; its known pixels are those given
   * @param losses the loss at every step of a search; empty for a method without steps
   */
  record Fill(ImagePlanes image, List<Double> losses) {

    /**
     * A fill by a method without steps.
     *
     * @param image the image
     */
    public Fill(ImagePlanes image) {
      this(image, List.of());
    }
  }

  /** Fills one image. */
  @FunctionalInterface
  interface One {

    /**
     * Fills one image.
     *
     * @param image 3 channels of samples from 0 to 1, and 0 throughout the hole. Not modified.
     * @param mask the hole. Not modified.
     * @return a new image with the same known pixels
     */
    ImagePlanes fill(ImagePlanes image, Mask mask);
  }

  /**
   * A method that fills images one by one, without chance.
   *
   * @param name the name in tables and file names
   * @param one fills one image; called by several threads
   * @return the method
   */
  static FillMethod of(String name, One one) {
    return new FillMethod() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<Fill> fill(List<ImagePlanes> images, List<Mask> masks, long[] seeds) {
        List<Fill> fills = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
          fills.add(new Fill(one.fill(images.get(i), masks.get(i))));
        }
        return fills;
      }
    };
  }

  /**
   * {@code nearest}: every pixel of the hole takes the colour of the known pixel nearest to it; of
   * several as near, the leftmost, and of these the uppermost. The floor of the floor.
   *
   * @return the method
   */
  static FillMethod nearest() {
    return of("nearest", NearestFill::fill);
  }

  /**
   * {@code harmonic}: the smoothest membrane through the known pixels around the hole.
   *
   * @return the method
   */
  static FillMethod harmonic() {
    return of("harmonic", org.inpaint4j.blend.Fill.HARMONIC::fill);
  }

  /**
   * {@code biharmonic}: the smoothest thin plate through the known pixels. The one to beat on noise
   * and on thin strokes.
   *
   * @return the method
   */
  static FillMethod biharmonic() {
    return of("biharmonic", org.inpaint4j.blend.Fill.BIHARMONIC::fill);
  }

  /**
   * A latent search.
   *
   * <p>Its chance comes from the inpainter's own seed, which is part of {@link #identity}, and not
   * from the seeds of the images.
   *
   * @param name the name in tables and file names
   * @param inpainter the inpainter; it is not closed
   * @return the method
   */
  static FillMethod search(String name, Inpainter inpainter) {
    return new SearchMethod(name, inpainter, () -> {});
  }

  /**
   * {@code paper}: a model in the set-up of the paper, see {@link Models#asInPaper}.
   *
   * @param model the networks; its own losses, search and blending are not used
   * @param seed the seed of the search
   * @return the method; {@link #close} frees its native memory
   */
  static FillMethod paper(LatentModel model, long seed) {
    LatentModel paper = Models.asInPaper(model);
    return search("paper", paper, paper.search(), seed);
  }

  /**
   * A model with its own losses and blending, and one of our searches.
   *
   * @param name the name in tables and file names
   * @param model the model
   * @param search the search
   * @param seed its seed
   * @return the method; {@link #close} frees its native memory
   */
  static FillMethod search(String name, LatentModel model, SearchOptions search, long seed) {
    Inpainter inpainter = Inpainter.builder().model(model).search(search).seed(seed).build();
    return new SearchMethod(name, inpainter, inpainter::close);
  }

  /**
   * The method of a name.
   *
   * @param name one of {@link #names}
   * @param model what searches search; the others do not look at it
   * @param seed the seed of searches
   * @return the method, to be closed
   * @throws IllegalArgumentException if there is none of that name
   */
  static FillMethod named(String name, LatentModel model, long seed) {
    return switch (name) {
      case "paper" -> paper(model, seed);
      case "fast" -> search(name, model, SearchOptions.fast(), seed);
      case "balanced" -> search(name, model, SearchOptions.balanced(), seed);
      case "quality" -> search(name, model, SearchOptions.quality(), seed);
      case "harmonic" -> harmonic();
      case "biharmonic" -> biharmonic();
      case "nearest" -> nearest();
      default ->
          throw new IllegalArgumentException(
              "the name of a method must be known: expected one of " + names() + ", found " + name);
    };
  }

  /**
   * The names that {@link #named} knows.
   *
   * @return the names, the searches first
   */
  static List<String> names() {
    return List.of("paper", "fast", "balanced", "quality", "harmonic", "biharmonic", "nearest");
  }
}
