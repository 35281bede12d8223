package org.inpaint4j.eval.experiment;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.image.Internal;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.ShippedModel;
import org.jspecify.annotations.Nullable;

/**
 * The methods that the commands {@code table} and {@code spark-table} can name: those of {@link
 * FillMethod#named}, the shipped models, {@code model}, which is that of {@code --model}, and
 * {@code NAME=FILE}, which is the model in a file under a name of one's own. A model is loaded when
 * a method needs it.
 *
 * @param <X> what loading the model may throw
 */
@Internal
public final class NamedMethods<X extends Exception> implements AutoCloseable {

  /** The method that is the model of {@code --model} as it comes, by a search or not. */
  private static final String MODEL = "model";

  /**
   * Loads a model.
   *
   * @param <X> what it may throw
   */
  @FunctionalInterface
  public interface Loader<X extends Exception> {

    /**
     * Loads it.
     *
     * @param option what named it, for messages
     * @param name of a shipped model, or a file
     * @return the model
     * @throws X if it cannot be loaded
     */
    InpaintModel load(String option, String name) throws X;
  }

  private final String modelName;
  private final Loader<X> loader;
  private @Nullable InpaintModel model;
  private final List<FillMethod> methods = new ArrayList<>();

  /**
   * No methods yet.
   *
   * @param modelName of {@code --model}
   * @param loader loads models
   */
  public NamedMethods(String modelName, Loader<X> loader) {
    this.modelName = modelName;
    this.loader = loader;
  }

  /**
   * All names.
   *
   * @return each once
   */
  public static List<String> names() {
    LinkedHashSet<String> names = new LinkedHashSet<>(FillMethod.names());
    names.add(MODEL);
    Models.shipped().forEach(shipped -> names.add(shipped.name()));
    return List.copyOf(names);
  }

  /**
   * Adds a method.
   *
   * @param name one of {@link #names}, or {@code NAME=FILE}
   * @throws X if its model cannot be loaded
   * @throws IllegalArgumentException if there is none of that name, or the model is not what it
   *     needs
   */
  public void add(String name) throws X {
    methods.add(method(name));
  }

  /**
   * The methods so far.
   *
   * @return in the order they were added
   */
  public List<FillMethod> methods() {
    return List.copyOf(methods);
  }

  private FillMethod method(String name) throws X {
    if (FillMethod.filler(name).isPresent()) {
      return FillMethod.of(name, FillMethod.filler(name).get());
    }
    int end = name.indexOf('=');
    if (end >= 0) {
      return ofFile(name.substring(0, end), name.substring(end + 1));
    }
    if (name.equals(MODEL)) {
      return aligned(name, model());
    }
    Optional<ShippedModel> shipped = Models.shipped(name);
    if (shipped.isPresent()) {
      return aligned(name, shipped.get().load());
    }
    checkArgument(
        FillMethod.names().contains(name),
        "the name of a method must be known: expected one of %s, found %s",
        names(),
        name);
    checkArgument(
        model() instanceof LatentModel,
        "--model must be a generator for the method %s: found %s",
        name,
        modelName);
    return FillMethod.named(name, (LatentModel) model());
  }

  private FillMethod ofFile(String name, String file) throws X {
    FillMethod.checkedName(name);
    checkArgument(
        !names().contains(name) && methods.stream().noneMatch(other -> other.name().equals(name)),
        "the name of a method in NAME=FILE must be a new one: found %s",
        name);
    return aligned(name, loader.load("--methods " + name, file));
  }

  private InpaintModel model() throws X {
    if (model == null) {
      model = loader.load("--model", modelName);
    }
    return model;
  }

  /** A model that is shown the middle of the images, which are aligned as it was trained. */
  private static FillMethod aligned(String name, InpaintModel model) {
    return new FillMethod(
        name, Inpainter.builder().model(model).framing(Framing.centeredSquare()).build());
  }

  @Override
  public void close() {
    methods.forEach(FillMethod::close);
  }
}
