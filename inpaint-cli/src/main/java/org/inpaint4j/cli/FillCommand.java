package org.inpaint4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.inpaint4j.Animation;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Strip;
import org.inpaint4j.files.MaskConvention;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Margins;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.WholeFile;
import org.inpaint4j.search.FoundLatent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code inpaint fill}: fills the hole of a photo, or of each photo of a folder. */
@Command(
    name = "fill",
    description =
        "Fills the hole of a photo, whatever its size, or of each photo of a folder. All pixels"
            + " outside of the hole stay as they are.")
final class FillCommand implements Callable<Integer> {

  @Option(
      names = "--image",
      required = true,
      paramLabel = "PHOTO|FOLDER",
      description =
          "The photo to fill: PNG, JPEG, TIFF, WebP (turned upright as they say), BMP or GIF; or a"
              + " folder of photos.")
  private @Nullable Path image;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--mask",
      paramLabel = "MASK|FOLDER",
      description =
          "A picture as large as the upright photo that shows the hole; or a folder with a mask for"
              + " each photo of a folder, of the same name without its ending. Needed, unless"
              + " --extend is given.")
  private @Nullable Path mask;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "RESULT|FOLDER",
      description =
          "Where to write the filled photo, with its colour profile and EXIF data: .png, .tif or .bmp"
              + " keep every pixel as it is, .jpg changes all a little. For a folder of photos"
              + " a folder, which gets a .png for each.")
  private @Nullable Path out;

  @Option(
      names = "--mask-convention",
      paramLabel = "white|black|alpha",
      defaultValue = "white",
      description =
          "What is the hole in the mask: white, black, or (alpha) what is transparent; then the"
              + " mask can be the photo itself with a part erased. Default: ${DEFAULT-VALUE}.")
  private MaskConvention convention = MaskConvention.WHITE;

  @Option(
      names = "--region",
      paramLabel = "faces|X,Y,SIZE[,ANGLE]|centre|hole",
      converter = RegionConverter.class,
      description =
          "What the model is shown: 'faces', the faces at the hole, found and set upright; or the"
              + " square of a face: its left column, its upper row, its side, and by how many"
              + " degrees it is turned clockwise. The eyes should lie at a third of its height, a"
              + " third of its width apart. Or 'centre', the largest centred square, or 'hole', a"
              + " square around the hole (one for each, if holes are far apart) for models of"
              + " textures. Default: the model's choice, 'faces' for models of faces. Names a model:"
              + " faces64, unless --model names another.")
  private @Nullable Framing region;

  @Option(
      names = "--strip",
      paramLabel = "STRIP",
      description =
          "Also write a picture of the steps: input, hole, importance weights, G(z), result.")
  private @Nullable Path strip;

  @Option(
      names = "--animation",
      paramLabel = "GIF",
      description = "Also write how the search came to its result, as an animated GIF.")
  private @Nullable Path animation;

  @Option(
      names = "--resume",
      description = "Leave out what has been written already: goes on with a folder.")
  private boolean resume;

  @Mixin private final PatchFlags patches = new PatchFlags();

  @Mixin private final SearchFlags search = new SearchFlags();

  /** About the number of frames of an animation: 4 seconds. */
  private static final int FRAMES = 40;

  @Override
  public Integer call() throws UserException, IOException {
    Path imageFile = given("--image", image);
    Path resultFile = given("--out", out);
    if (mask == null && patches.extension().isEmpty()) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "Missing required option: '--mask=MASK|FOLDER'");
    }
    Path[] inputs =
        mask == null ? new Path[] {imageFile} : new Path[] {imageFile, given("--mask", mask)};
    if (patches.source().isPresent()) {
      inputs = and(inputs, given("--source", patches.source().get()));
    }
    if (Files.isDirectory(imageFile)) {
      if (strip != null || animation != null || patches.isOfOnePhoto()) {
        throw new UserException(
            "--strip, --animation, --source and --extend must be used with a single photo: found the"
                + " folder "
                + imageFile);
      }
      return fillFolder(imageFile, inputs[1], resultFile);
    }
    Pictures.checkWritable("--out", resultFile, inputs);
    if (strip != null) {
      Pictures.checkWritable("--strip", strip, and(inputs, resultFile));
    }
    if (animation != null) {
      if (!animation.toString().toLowerCase(Locale.ROOT).endsWith(".gif")) {
        throw new UserException("--animation must end in .gif: found " + animation);
      }
      Pictures.checkPlace("--animation", animation, and(inputs, resultFile));
    }
    if (resume && Files.exists(resultFile)) {
      System.out.printf("%s is there already%n", resultFile);
      return 0;
    }
    PhotoTask task = read(imageFile);
    Pictures.checkHolds(task.photo(), resultFile);
    warn(imageFile, task.photo().notes());
    warn(resultFile, task.photo().losses(Pictures.format(resultFile)));
    fillPhoto(task, resultFile);
    return 0;
  }

  private static Path[] and(Path[] files, Path more) {
    Path[] all = Arrays.copyOf(files, files.length + 1);
    all[files.length] = more;
    return all;
  }

  private PhotoTask read(Path imageFile) throws UserException {
    Optional<Margins> margins = patches.extension();
    PhotoTask task;
    if (mask == null) {
      PictureFile photo = Pictures.read("--image", imageFile);
      task = PhotoTask.extending(photo, margins.orElseThrow());
    } else {
      PhotoTask plain = MaskFile.read(convention, imageFile, mask);
      task = margins.map(plain::extended).orElse(plain);
    }
    Optional<Mask> sources = patches.sources(convention, Size.of(task.photo().image()));
    return sources.isEmpty()
        ? task
        : new PhotoTask(task.photo(), task.request().sources(sources.get()));
  }

  private int fillFolder(Path images, Path masks, Path results) throws UserException, IOException {
    FolderFill folder = FolderFill.plan(images, masks, results, convention, resume);
    try (Interruption interruption = Interruption.watch()) {
      return folder.run(search.prepare(region, 0, patches), interruption::asked);
    }
  }

  /** Before the work: what is said afterwards comes too late. */
  private static void warn(Path file, List<String> sentences) {
    sentences.forEach(sentence -> System.err.printf("inpaint fill: %s: %s%n", file, sentence));
  }

  private void fillPhoto(PhotoTask task, Path resultFile) throws UserException, IOException {
    // A strip shows the photo as it was.
    InpaintRequest request = strip == null ? task.request().inPlace() : task.request();
    try (Interruption interruption = Interruption.watch()) {
      InpaintResult result = search.fill(request, region, interruption, frames(), patches);
      Pictures.write(task.photo().withImage(result.image()), resultFile);
      if (strip != null) {
        Pictures.write(Strip.of(result), strip);
      }
      Optional<FoundLatent> found = SearchFlags.found(result);
      if (animation != null && found.isPresent()) {
        WholeFile.write(animation, gif -> Animation.write(found.get(), gif));
      }
      report(result, request.mask(), resultFile);
    }
  }

  private void report(InpaintResult result, Mask hole, Path resultFile) {
    boolean automatic = search.isAutomatic(region, frames());
    Duration time = automatic ? sum(result) : longest(result);
    boolean partial = result.status() == FillStatus.CANCELLED;
    System.out.printf(
        Locale.ROOT,
        "%s %d pixels (%.1f %% of the photo) in %s%n",
        partial ? "Interrupted: partial result, filled" : "Filled",
        hole.holeCount(),
        100 * hole.holeFraction(),
        SearchFlags.seconds(time));
    if (automatic) {
      System.out.println(WhoFilled.what(result));
    }
    for (InpaintResult.Part part : result.parts()) {
      part.framed().ifPresent(framed -> report(framed, part.filling()));
    }
    System.out.printf("%s%s%n", resultFile, partial ? " (partial)" : "");
    if (strip != null) {
      System.out.printf("%s%n", strip);
    }
    if (animation != null && SearchFlags.found(result).isPresent()) {
      System.out.printf("%s%n", animation);
    } else if (animation != null) {
      // What of a hole lies in no square of the model is filled without a search.
      System.err.printf(
          "inpaint fill: --animation must show a search: found none in this hole, no %s is written%n",
          animation);
    }
    for (InpaintWarning warning : result.warnings()) {
      System.err.printf("inpaint fill: %s%n", warning.message());
    }
  }

  private int frames() {
    return animation == null ? 0 : FRAMES;
  }

  /** Of parts that were filled one after the other. */
  private static Duration sum(InpaintResult result) {
    return result.parts().stream()
        .map(InpaintResult.Part::time)
        .reduce(result.blendTime(), Duration::plus);
  }

  /** Of parts that were filled together. */
  private static Duration longest(InpaintResult result) {
    Duration time = result.blendTime();
    for (InpaintResult.Part part : result.parts()) {
      time = part.time().compareTo(time) > 0 ? part.time().plus(result.blendTime()) : time;
    }
    return time;
  }

  private static void report(Framing.Framed framed, Filling filling) {
    String score =
        framed.score().isPresent()
            ? String.format(
                Locale.ROOT, ", found with a score of %.2f", framed.score().orElseThrow())
            : "";
    String search =
        filling instanceof FoundLatent found
            ? String.format(
                Locale.ROOT, "; loss %.2f at step %d", found.loss(), found.bestStep() + 1)
            : "";
    System.out.printf("The model was shown the square of %s%s%s%n", framed.square(), score, search);
  }

  private static Path given(String name, @Nullable Path option) throws UserException {
    // picocli does not call a command whose required options are missing.
    return Pictures.given(name, Objects.requireNonNull(option));
  }
}
