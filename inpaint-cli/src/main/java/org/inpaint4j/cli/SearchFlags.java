package org.inpaint4j.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import me.tongfei.progressbar.ProgressBar;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.eval.experiment.FillMethod;
import org.inpaint4j.image.Filler;
import org.inpaint4j.model.StyleGan;
import org.inpaint4j.patch.MixedFill;
import org.inpaint4j.photo.Photos;
import org.inpaint4j.search.FoundLatent;
import org.inpaint4j.search.SearchOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that searches, and the search itself with its progress bar. */
final class SearchFlags {

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description =
          "What fills: automatic (faces at the hole with a model of faces, all else like mixed),"
              + " search (the model), or without a model mixed (by the width of each part of the"
              + " hole), patch (for wide holes), thin, biharmonic, harmonic or nearest (the nearest"
              + " known pixel). Default: automatic; or search, if a model, a region, an animation or"
              + " an option of a search is given.")
  private @Nullable String method;

  @Option(
      names = "--model",
      paramLabel = "faces64|NAME|FILE|FOLDER",
      description =
          "A shipped model of faces: faces64 or stylefaces64, which are searched, facecompletion, which takes one"
              + " pass, or guidedfaces and guidedstylefaces, both; a folder of photos, whose faces are copied from; or a file with a DCGAN, a"
              + " StyleGAN or another generator (safetensors, PyTorch checkpoint, DL4J zip, ONNX, Keras), a"
              + " completion network (safetensors), or an inpainting network (ONNX); see inpaint"
              + " model info. Default of a search: faces64.")
  private @Nullable String modelName;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "Rows and columns of the images of a StyleGAN file: 8, 16 to 1024. Default: what it was"
              + " trained for, up to 256.")
  private @Nullable Integer size;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "For faces, believable (facecompletion: the best to look at), faithful (faces64: the"
              + " lowest error) or guided (faces64, searched from what facecompletion makes; for"
              + " comparisons). For a search, fast (previews), balanced (the same as faithful),"
              + " quality (three times as long), or paper (Yeh et al. 2017: 1500 steps, 3000 with a"
              + " StyleGAN, with the discriminator, Poisson blending). For a StyleGAN, stylefaces64 or a file, also"
              + " robust (Poirier-Ginter and Lalonde 2023) or wplus, which search more than z. Default: the model's own, balanced for faces64.")
  private @Nullable Preset preset;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Gradient steps of each start. Default: the preset's.")
  private @Nullable Integer steps;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      description = "Starts of the search. Default: the preset's.")
  private @Nullable Integer restarts;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Chooses the starts; the same seed gives the same result. Default: ${DEFAULT-VALUE}.")
  private long seed;

  /** What {@code --preset} knows; the names are what users write. */
  enum Preset {
    believable,
    guided,
    faithful,
    fast,
    balanced,
    quality,
    paper,
    robust,
    wplus;

    /** The shipped model that this is, and no search of any other. */
    Optional<String> model() {
      return switch (this) {
        case believable -> Optional.of("facecompletion");
        case guided -> Optional.of("guidedfaces");
        default -> Optional.empty();
      };
    }

    /** The way to search a StyleGAN that this is, and for no other model. */
    Optional<UnaryOperator<LatentModel>> styleSearch() {
      return switch (this) {
        case robust -> Optional.of(StyleGan::robust);
        case wplus -> Optional.of(StyleGan::wPlus);
        default -> Optional.empty();
      };
    }

    /** The options of the search, of a model that the preset was applied to. */
    SearchOptions search(LatentModel model) {
      return switch (this) {
        case fast -> SearchOptions.fast();
        case believable, guided, faithful, balanced -> SearchOptions.balanced();
        case quality -> SearchOptions.quality();
        case paper, robust, wplus -> model.search();
      };
    }
  }

  private static final String AUTOMATIC = "automatic";

  private static final String MIXED = "mixed";
  private static final String SEARCH = "search";

  /**
   * An inpainter that is all but built.
   *
   * @param inpainter builds it
   * @param seed of each request
   */
  record Prepared(Supplier<Inpainter> inpainter, long seed) {}

  /**
   * Whether the library chooses what fills which part of a hole.
   *
   * @param framing what the model is shown, if that is given
   * @param frames how many frames of a search are wanted
   */
  boolean isAutomatic(@Nullable Framing framing, int frames) {
    if (method != null) {
      return method.equals(AUTOMATIC);
    }
    boolean searches =
        preset != null || size != null || steps != null || restarts != null || frames > 0;
    return modelName == null && framing == null && !searches;
  }

  /** Whether a model fills the photo, if no region is given and no animation. */
  boolean isOfAModel() {
    return method == null ? !isAutomatic(null, 0) : method.equals(SEARCH);
  }

  /**
   * Loads the model and sets what the options say.
   *
   * @param framing what the model is shown; the model's own choice if null
   * @param frames about how many frames of a search to keep for an animation, 0 for none
   * @param patches how patches are copied, where they are
   * @return an inpainter without a listener
   * @throws UserException if an option is wrong
   */
  Prepared prepare(@Nullable Framing framing, int frames, PatchFlags patches) throws UserException {
    checkPositive("--steps", steps);
    checkPositive("--restarts", restarts);
    Supplier<MixedFill> mixed = patches.mixed();
    if (isAutomatic(framing, frames)) {
      checkNothingNamed(AUTOMATIC, framing, frames);
      return new Prepared(() -> Photos.automatic(mixed.get()), seed);
    }
    boolean isMixed = method != null && method.equals(MIXED);
    if (patches.isGiven() && !isMixed) {
      throw new UserException(
          "--source, --colour-adaptation, --turn, --no-repeats and --grain must be used with"
              + " --method automatic or mixed: found another one");
    }
    if (method != null && !method.equals(SEARCH)) {
      String name = method;
      Filler filler =
          (isMixed ? Optional.<Filler>of(mixed.get()) : FillMethod.filler(name))
              .orElseThrow(
                  () ->
                      new UserException(
                          "--method must be automatic, search, mixed, patch, thin, biharmonic,"
                              + " harmonic or nearest: found "
                              + name));
      checkNothingNamed(name, framing, frames);
      return new Prepared(Inpainter.builder().filler(filler)::build, seed);
    }
    Backends.check();
    String model = modelName();
    InpaintModel named = load(model);
    if (!(named instanceof LatentModel loaded)) {
      boolean ofASearch = preset != null && preset.model().isEmpty();
      if (ofASearch || steps != null || restarts != null || frames > 0) {
        throw new UserException(
            "--preset, --steps, --restarts and --animation must be used with a model that is"
                + " searched: found "
                + (modelName == null ? "--preset " + preset : modelName));
      }
      Inpainter.Builder builder = Inpainter.builder().model(named);
      if (framing != null) {
        builder.framing(framing);
      }
      return new Prepared(builder::build, seed);
    }
    return prepare(loaded, framing, frames);
  }

  private InpaintModel load(String model) throws UserException {
    InpaintModel named = size == null ? Models.load(model) : Models.load(model, size);
    Optional<UnaryOperator<LatentModel>> way = styleSearch();
    if (way.isEmpty()) {
      return named;
    }
    if (!(named instanceof LatentModel latent)) {
      throw new UserException(
          "--preset " + preset + " must be used with a StyleGAN: found " + model);
    }
    try {
      return way.get().apply(latent);
    } catch (IllegalArgumentException e) {
      throw new UserException("--preset " + preset + ": " + e.getMessage());
    }
  }

  private Optional<UnaryOperator<LatentModel>> styleSearch() {
    return Optional.ofNullable(preset).flatMap(Preset::styleSearch);
  }

  /** The model of a search that names none. */
  private String usualModel() {
    return styleSearch().isPresent() ? "stylefaces64" : "faces64";
  }

  private String modelName() throws UserException {
    Optional<String> its = Optional.ofNullable(preset).flatMap(Preset::model);
    if (its.isEmpty()) {
      return modelName == null ? usualModel() : modelName;
    }
    if (modelName != null && !modelName.equals(its.get())) {
      throw new UserException(
          "--preset " + preset + " must be used without --model: found " + modelName);
    }
    return its.get();
  }

  /** For what fills without a model. */
  private void checkNothingNamed(String filler, @Nullable Framing framing, int frames)
      throws UserException {
    Map<String, Boolean> options = new LinkedHashMap<>();
    options.put("--model", modelName != null);
    options.put("--region", framing != null);
    options.put("--animation", frames > 0);
    options.put("--preset", preset != null);
    options.put("--size", size != null);
    options.put("--steps", steps != null);
    options.put("--restarts", restarts != null);
    options.values().removeIf(given -> !given);
    if (!options.isEmpty()) {
      throw new UserException(
          "--method "
              + filler
              + " must be used without --model, --region, --animation and the options of a search:"
              + " found "
              + String.join(", ", options.keySet()));
    }
  }

  private Prepared prepare(LatentModel loaded, @Nullable Framing framing, int frames) {
    LatentModel model =
        preset == Preset.paper ? org.inpaint4j.model.Models.asInPaper(loaded) : loaded;
    SearchOptions.Builder options =
        (preset == null ? model.search() : preset.search(model)).toBuilder();
    if (steps != null) {
      options.steps(steps);
    }
    if (restarts != null) {
      options.restarts(restarts);
    }
    SearchOptions search = options.build();
    Inpainter.Builder builder =
        Inpainter.builder()
            .model(model)
            .search(search)
            .framing(framing == null ? model.framing() : framing);
    if (frames > 0) {
      builder.recordFrames(Math.max(1, search.steps() / frames));
    }
    return new Prepared(builder::build, seed);
  }

  /**
   * Fills the hole of an image, showing progress on standard error.
   *
   * @param request the image. Not modified.
   * @param framing what the model is shown; the model's own choice if null
   * @param interruption ends the search early
   * @param frames about how many frames of the search to keep for an animation, 0 for none
   * @return the result
   * @throws UserException if the image cannot be filled
   */
  InpaintResult fill(
      InpaintRequest request, @Nullable Framing framing, Interruption interruption, int frames)
      throws UserException {
    return fill(request, framing, interruption, frames, new PatchFlags());
  }

  /**
   * Fills the hole of an image, showing progress on standard error.
   *
   * @param request the image. Not modified.
   * @param framing what the model is shown; the model's own choice if null
   * @param interruption ends the search early
   * @param frames about how many frames of the search to keep for an animation, 0 for none
   * @param patches how patches are copied, where they are
   * @return the result
   * @throws UserException if the image cannot be filled
   */
  InpaintResult fill(
      InpaintRequest request,
      @Nullable Framing framing,
      Interruption interruption,
      int frames,
      PatchFlags patches)
      throws UserException {
    Prepared prepared = prepare(framing, frames, patches);
    // Made at the first step: before it the search may still refuse its input.
    ProgressBar[] bar = new ProgressBar[1];
    try (Inpainter inpainter = prepared.inpainter().get()) {
      return inpainter.inpaint(
          request
              .seed(prepared.seed())
              .cancelWhen(interruption::asked)
              .onProgress(
                  progress -> {
                    if (bar[0] == null) {
                      bar[0] = ProgressBars.start("filling", progress.steps());
                    }
                    bar[0].stepTo(progress.step());
                    if (!Double.isNaN(progress.loss())) {
                      bar[0].setExtraMessage(
                          String.format(
                              Locale.ROOT,
                              progress.loss() < 1 ? " loss %.4f" : " loss %.1f",
                              progress.loss()));
                    }
                  }));
    } catch (IllegalArgumentException e) {
      throw new UserException(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    } finally {
      if (bar[0] != null) {
        bar[0].close();
      }
    }
  }

  private static void checkPositive(String option, @Nullable Integer value) throws UserException {
    if (value != null && value <= 0) {
      throw new UserException(option + " must be positive: found " + value);
    }
  }

  /** What the search of a result has found; nothing if its hole was filled by something else. */
  static Optional<FoundLatent> found(InpaintResult result) {
    return result.parts().stream()
        .map(InpaintResult.Part::filling)
        .findFirst()
        .filter(FoundLatent.class::isInstance)
        .map(FoundLatent.class::cast);
  }

  /** For people: {@code 8.4 s}. */
  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
