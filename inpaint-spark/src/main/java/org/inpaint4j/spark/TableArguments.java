package org.inpaint4j.spark;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.eval.experiment.FillMethod;
import org.inpaint4j.eval.experiment.NamedMethods;
import org.inpaint4j.eval.experiment.TableBuilder;
import org.inpaint4j.eval.experiment.TableExperiment;
import org.inpaint4j.eval.mask.MaskFiles;
import org.inpaint4j.eval.mask.NamedMasks;
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
 * @param methods names of methods and of shipped models, {@code model}, and {@code NAME=FILE} with
 *     an absolute file
 * @param model of the searches: the name of a shipped model, or a file, absolute
 * @param limit how many images at most
 * @param fills how many holes of a random kind at least; 0 for one in each image
 * @param seed chooses masks and starts
 * @param sheets how many fills of a kind of mask are shown
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

  @Override
  public TableBuilder make() throws IOException {
    Optional<MaskFiles> files =
        maskFiles == null ? Optional.empty() : Optional.of(MaskFiles.open(Path.of(maskFiles)));
    TableBuilder table =
        TableExperiment.builder()
            .images(Path.of(images))
            .only(image -> files.map(own -> own.covers(image)).orElse(true))
            .limit(limit)
            .masks(NamedMasks.of(files, masks))
            .methods(loadMethods())
            .features(ImageFeatures.squeezeNet())
            .output(Path.of(output))
            .seed(seed)
            .sheets(sheets)
            .title("Inpainting: " + Path.of(images).getFileName());
    return fills == 0 ? table : table.fills(fills);
  }

  private static InpaintModel load(String option, String model) throws IOException {
    Optional<ShippedModel> shipped = Models.shipped(model);
    if (shipped.isPresent()) {
      return shipped.get().load();
    }
    Path file = Path.of(model);
    checkArgument(
        Files.isRegularFile(file),
        "%s must be a shipped model or a model file: found no file %s",
        option,
        model);
    return Models.load(file);
  }

  private List<FillMethod> loadMethods() throws IOException {
    NamedMethods<IOException> named = new NamedMethods<>(model, TableArguments::load);
    try {
      for (String name : methods.stream().distinct().toList()) {
        named.add(name);
      }
      return named.methods();
    } catch (IOException | RuntimeException e) {
      named.close();
      throw e;
    }
  }
}
