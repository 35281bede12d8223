package org.inpaint4j.spark;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.Inpainter;
import org.inpaint4j.LatentModel;
import org.inpaint4j.eval.experiment.FillMethod;
import org.inpaint4j.eval.experiment.TableBuilder;
import org.inpaint4j.eval.experiment.TableExperiment;
import org.inpaint4j.eval.mask.MaskFiles;
import org.inpaint4j.eval.mask.MaskGenerator;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.metric.ImageFeatures;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.ShippedModel;
import org.jspecify.annotations.Nullable;

/**
 * The experiment of a command line, by the rules of {@code inpaint table}.
 *
 * @param images a folder or zip file, absolute
 * @param output a folder, absolute
 * @param maskFiles a folder, absolute; null for generated masks alone
 * @param masks names; none for all kinds of the files, or for the three of the paper
 * @param methods names of methods and of shipped models, and {@code model}
 * @param model of the searches: the name of a shipped model, or a file, absolute
 * @param limit how many images at most
 * @param fills how many holes of a random kind at least; 0 for one in each image
 */
record TableArguments(
    String images,
    String output,
    @Nullable String maskFiles,
    List<String> masks,
    List<String> methods,
    String model,
    int limit,
    int fills,
    long seed,
    int sheets)
    implements TableRecipe {

  private static final long serialVersionUID = 1;

  /** The method that is the model as it comes. */
  private static final String MODEL = "model";

  /** Stands for all parts of the face. */
  private static final String PARTS = "parts";

  @Override
  public TableBuilder make() throws IOException {
    Optional<MaskFiles> files =
        maskFiles == null ? Optional.empty() : Optional.of(MaskFiles.open(Path.of(maskFiles)));
    TableBuilder table =
        TableExperiment.builder()
            .images(Path.of(images))
            .only(image -> files.map(own -> own.covers(image)).orElse(true))
            .limit(limit)
            .masks(masks(files))
            .methods(methods(new Loaded()))
            .features(ImageFeatures.squeezeNet())
            .output(Path.of(output))
            .seed(seed)
            .sheets(sheets)
            .title("Inpainting: " + Path.of(images).getFileName());
    return fills == 0 ? table : table.fills(fills);
  }

  private List<MaskSource> masks(Optional<MaskFiles> files) {
    List<String> own = files.map(MaskFiles::kinds).orElse(List.of());
    List<String> wanted = masks;
    if (masks.isEmpty()) {
      wanted = files.isPresent() ? own : MaskGenerator.names().subList(0, 3);
    }
    Map<String, MaskSource> kinds = new LinkedHashMap<>();
    for (String name : wanted) {
      List<? extends MaskSource> named =
          own.contains(name)
              ? List.of(files.orElseThrow().kind(name))
              : name.equals(PARTS) ? MaskGenerator.parts() : List.of(MaskGenerator.named(name));
      named.forEach(kind -> kinds.putIfAbsent(kind.name(), kind));
    }
    return List.copyOf(kinds.values());
  }

  /** The model of the command line, once a method needs it. */
  private final class Loaded {
    private @Nullable InpaintModel loaded;

    InpaintModel get() throws IOException {
      if (loaded == null) {
        loaded = shipped(model).isPresent() ? shipped(model).get().load() : file();
      }
      return loaded;
    }

    private InpaintModel file() throws IOException {
      Path file = Path.of(model);
      checkArgument(
          Files.isRegularFile(file),
          "--model must be a shipped model or a model file: found no file %s",
          model);
      return Models.load(file);
    }
  }

  private static Optional<ShippedModel> shipped(String name) {
    return Models.shipped().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  private List<FillMethod> methods(Loaded loaded) throws IOException {
    List<FillMethod> all = new ArrayList<>();
    try {
      for (String name : methods.stream().distinct().toList()) {
        all.add(method(name, loaded));
      }
      return all;
    } catch (IOException | RuntimeException e) {
      all.forEach(FillMethod::close);
      throw e;
    }
  }

  private FillMethod method(String name, Loaded loaded) throws IOException {
    if (FillMethod.filler(name).isPresent()) {
      return FillMethod.of(name, FillMethod.filler(name).get());
    }
    if (name.equals(MODEL)) {
      return aligned(name, loaded.get());
    }
    if (shipped(name).isPresent()) {
      return aligned(name, shipped(name).get().load());
    }
    checkArgument(
        FillMethod.names().contains(name),
        "the name of a method must be known: expected one of %s, %s or a shipped model, found %s",
        FillMethod.names(),
        MODEL,
        name);
    checkArgument(
        loaded.get() instanceof LatentModel,
        "--model must be a generator for the method %s: found %s",
        name,
        model);
    return FillMethod.named(name, (LatentModel) loaded.get());
  }

  /** A model that is shown the middle of the images, which are aligned as it was trained. */
  private static FillMethod aligned(String name, InpaintModel model) {
    return new FillMethod(
        name, Inpainter.builder().model(model).framing(Framing.centeredSquare()).build());
  }
}
