package org.inpaint4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.eval.experiment.FillMethod;
import org.inpaint4j.model.ShippedModel;
import org.jspecify.annotations.Nullable;

/**
 * The methods that {@code inpaint table} can name: those of {@link FillMethod#named}, the shipped
 * models, and {@code model}, which is that of {@code --model}. A model is loaded when a method
 * needs it.
 */
final class TableColumns implements AutoCloseable {

  /** The method that is the model of {@code --model} as it comes, by a search or not. */
  private static final String MODEL = "model";

  private final String modelName;
  private @Nullable InpaintModel model;
  private final List<FillMethod> methods = new ArrayList<>();

  /** What {@code --methods} knows. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(names());
    }
  }

  /**
   * No methods yet.
   *
   * @param modelName of {@code --model}
   */
  TableColumns(String modelName) {
    this.modelName = modelName;
  }

  /** All names. */
  static List<String> names() {
    LinkedHashSet<String> names = new LinkedHashSet<>(FillMethod.names());
    names.add(MODEL);
    org.inpaint4j.model.Models.shipped().forEach(shipped -> names.add(shipped.name()));
    return List.copyOf(names);
  }

  /**
   * The methods that are taken if none is named: not the reference, which needs a DCGAN, and whose
   * results depend on the batches.
   *
   * @param photographs whether the images are no aligned faces: then the searches say nothing
   */
  static List<String> usual(boolean photographs) {
    return FillMethod.names().stream()
        .filter(name -> !name.equals("reference"))
        .filter(name -> !photographs || FillMethod.filler(name).isPresent())
        .toList();
  }

  /**
   * Adds a method.
   *
   * @param name one of {@link #names}
   * @throws UserException if there is none of that name, or the model is not what it needs
   */
  void add(String name) throws UserException {
    methods.add(method(name));
  }

  /** The methods so far. */
  List<FillMethod> methods() {
    return methods;
  }

  private FillMethod method(String name) throws UserException {
    if (FillMethod.filler(name).isPresent()) {
      return FillMethod.of(name, FillMethod.filler(name).get());
    }
    if (name.equals(MODEL)) {
      return aligned(name, model());
    }
    for (ShippedModel shipped : org.inpaint4j.model.Models.shipped()) {
      if (shipped.name().equals(name)) {
        return aligned(name, shipped.load());
      }
    }
    if (!FillMethod.names().contains(name)) {
      throw new UserException(
          "the name of a method must be known: expected one of " + names() + ", found " + name);
    }
    if (model() instanceof LatentModel latent) {
      return FillMethod.named(name, latent);
    }
    throw new UserException(
        "--model must be a generator for the method " + name + ": found " + modelName);
  }

  private InpaintModel model() throws UserException {
    if (model == null) {
      model = Models.load(modelName);
    }
    return Objects.requireNonNull(model);
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
