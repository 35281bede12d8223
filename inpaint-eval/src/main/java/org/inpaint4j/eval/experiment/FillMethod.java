package org.inpaint4j.eval.experiment;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Joiner;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.Framing;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.Filler;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.StyleGan;
import org.inpaint4j.patch.MixedFill;
import org.inpaint4j.patch.PatchFill;
import org.inpaint4j.patch.ThinFill;
import org.inpaint4j.search.SearchOptions;

/**
 * An inpainter under a name: a method of a {@link TableExperiment}.
 *
 * @param name the name in tables and file names: letters, digits, spaces, dots and hyphens
 * @param inpainter what fills; {@link #close} closes it
 */
public record FillMethod(String name, Inpainter inpainter) implements AutoCloseable {

  /**
   * Checks the name.
   *
   * @param name the name in tables and file names
   * @param inpainter what fills
   */
  public FillMethod {
    checkedName(name);
  }

  /** The name, if tables and file names can have it. */
  static String checkedName(String name) {
    checkArgument(
        name.matches("[A-Za-z0-9][A-Za-z0-9 .-]*"),
        "a method's name must be letters, digits, spaces, dots and hyphens: found %s",
        name);
    return name;
  }

  /**
   * A filler under a name.
   *
   * @param name the name in tables and file names
   * @param filler what fills, at the resolution of the images; {@link #close} closes it
   * @return the method
   */
  public static FillMethod of(String name, Filler filler) {
    return new FillMethod(name, Inpainter.builder().filler(filler).build());
  }

  /**
   * A model with its own losses and blending, and one of our searches. It is shown the middle of
   * the images, which have to be aligned as it was trained.
   *
   * @param name the name in tables and file names
   * @param model the model
   * @param search the search
   * @return the method
   */
  public static FillMethod search(String name, LatentModel model, SearchOptions search) {
    return new FillMethod(
        name,
        Inpainter.builder().model(model).search(search).framing(Framing.centeredSquare()).build());
  }

  private static FillMethod search(String name, LatentModel model) {
    return search(name, model, model.search());
  }

  /**
   * The method of a name.
   *
   * <p>{@code mixed} takes each part of a hole by its width: {@code patch} where it is wide, {@code
   * thin} where it is thin, biharmonic where pixels are scattered. {@code paper} is a model in the
   * set-up of the paper, see {@link Models#asInPaper}; {@code reference} is a DCGAN as the
   * reference's code searches it, see {@link Models#asInReference}, so its results depend on the
   * batches; {@code wplus} and {@code robust} are the searches {@link StyleGan#wPlus(LatentModel)}
   * and {@link StyleGan#robust(LatentModel)}; {@code fast}, {@code balanced} and {@code quality}
   * are searches of the model; {@code harmonic} and {@code biharmonic} are smooth fills, the ones
   * to beat on noise and thin strokes; {@code nearest} takes the nearest known pixel, the floor of
   * the floor.
   *
   * @param name one of {@link #names}
   * @param model what searches search; the others do not look at it
   * @return the method, to be closed
   * @throws IllegalArgumentException if there is none of that name, or the method does not fit the
   *     model
   */
  public static FillMethod named(String name, LatentModel model) {
    return switch (name) {
      case "paper" -> search(name, Models.asInPaper(model));
      case "reference" -> search(name, Models.asInReference(model));
      case "wplus" -> search(name, StyleGan.wPlus(model));
      case "robust" -> search(name, StyleGan.robust(model));
      case "fast" -> search(name, model, SearchOptions.fast());
      case "balanced" -> search(name, model, SearchOptions.balanced());
      case "quality" -> search(name, model, SearchOptions.quality());
      default ->
          of(
              name,
              filler(name)
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "the name of a method must be known: expected one of "
                                  + names()
                                  + ", found "
                                  + name)));
    };
  }

  /**
   * The filler of a name, for the methods that need no model.
   *
   * @param name {@code mixed}, {@code patch}, {@code thin}, {@code harmonic}, {@code biharmonic} or
   *     {@code nearest}
   * @return the filler, or nothing if the name is of a search or of nothing
   */
  public static Optional<Filler> filler(String name) {
    return switch (name) {
      case "mixed" -> Optional.of(MixedFill.of(PatchFill.create()));
      case "patch" -> Optional.of(PatchFill.create());
      case "thin" -> Optional.of(ThinFill.create());
      case "harmonic" -> Optional.of(SmoothFill.HARMONIC);
      case "biharmonic" -> Optional.of(SmoothFill.BIHARMONIC);
      case "nearest" -> Optional.of(new NearestFill());
      default -> Optional.empty();
    };
  }

  /**
   * The names that {@link #named} knows.
   *
   * @return the names, the searches first
   */
  public static List<String> names() {
    return List.of(
        "paper",
        "reference",
        "wplus",
        "robust",
        "fast",
        "balanced",
        "quality",
        "mixed",
        "patch",
        "thin",
        "harmonic",
        "biharmonic",
        "nearest");
  }

  /**
   * What exactly this is, so that a table that is continued later does not mix two methods. The
   * seeds are those of the images.
   *
   * @return what the inpainter's filler is made of
   */
  public String identity() {
    return Joiner.on("; ").withKeyValueSeparator(": ").join(inpainter.provenance().filler());
  }

  @Override
  public void close() {
    inpainter.close();
  }
}
