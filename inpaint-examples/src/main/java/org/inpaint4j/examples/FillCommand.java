package org.inpaint4j.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.Mask;
import org.inpaint4j.SearchStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inpaint fill}: fills the hole of a photo. */
@Command(
    name = "fill",
    description =
        "Fills the hole of a photo, whatever its size. All pixels outside of the hole stay as they"
            + " are.")
final class FillCommand implements Callable<Integer> {

  /** A hole of less or more than this share of the square is filled, but hardly meant. */
  private static final double NEARLY_ALL = 0.9;

  @Option(
      names = "--image",
      required = true,
      paramLabel = "PHOTO",
      description = "The photo to fill: PNG, JPEG, TIFF, BMP, WebP or GIF.")
  private @Nullable Path image;

  @Option(
      names = "--mask",
      required = true,
      paramLabel = "MASK",
      description = "A picture as large as the photo that shows the hole.")
  private @Nullable Path mask;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "RESULT",
      description = "Where to write the filled photo; .png keeps every pixel as it is.")
  private @Nullable Path out;

  @Option(
      names = "--mask-convention",
      paramLabel = "white|black|alpha",
      defaultValue = "white",
      description =
          "What is the hole in the mask: white, black, or (alpha) what is transparent; then the"
              + " mask can be the photo itself with a part erased. Default: ${DEFAULT-VALUE}.")
  private Convention convention = Convention.white;

  @Option(
      names = "--region",
      paramLabel = "X,Y,SIZE",
      converter = RegionConverter.class,
      description =
          "The square of the photo that shows the face: its left column, its upper row, its side."
              + " The eyes should lie at a third of its height, a good third of its width apart."
              + " Default: the largest centred square.")
  private @Nullable Framing region;

  @Option(
      names = "--strip",
      paramLabel = "STRIP",
      description =
          "Also write a picture of the steps: input, hole, importance weights, G(z), result.")
  private @Nullable Path strip;

  @Mixin private final SearchFlags search = new SearchFlags();

  /** Which pixels of a mask are the hole. The names are those of the command line. */
  private enum Convention {
    white,
    black,
    alpha;

    Mask read(BufferedImage picture, Path file) throws UserException {
      if (this == alpha && !picture.getColorModel().hasAlpha()) {
        throw new UserException(
            "the mask must have transparency for --mask-convention alpha: found none in " + file);
      }
      return switch (this) {
        case white -> Mask.whiteIsHole(picture);
        case black -> Mask.blackIsHole(picture);
        case alpha -> Mask.transparentIsHole(picture);
      };
    }

    String hole() {
      return this == alpha ? "transparent" : name();
    }
  }

  @Override
  public Integer call() throws UserException, IOException {
    Path imageFile = given(image);
    Path maskFile = given(mask);
    Path resultFile = given(out);
    Pictures.checkWritable("--out", resultFile, imageFile, maskFile);
    if (strip != null) {
      Pictures.checkWritable("--strip", strip, imageFile, maskFile, resultFile);
    }
    BufferedImage photo = Pictures.read("--image", imageFile);
    Mask hole = convention.read(Pictures.read("--mask", maskFile), maskFile);
    check(photo, hole, imageFile, maskFile);
    try (Interruption interruption = Interruption.watch()) {
      InpaintResult result = search.fill(new Inpainter.Task(photo, hole), region, interruption);
      Pictures.write(result.image(), resultFile);
      if (strip != null) {
        Pictures.write(Strip.of(photo, hole, result), strip);
      }
      report(result, hole, resultFile);
    }
    return 0;
  }

  private void check(BufferedImage photo, Mask hole, Path imageFile, Path maskFile)
      throws UserException {
    if (hole.width() != photo.getWidth() || hole.height() != photo.getHeight()) {
      throw new UserException(
          String.format(
              "the mask must be as large as the photo: expected %dx%d (%s), found %dx%d (%s)",
              photo.getWidth(),
              photo.getHeight(),
              imageFile,
              hole.width(),
              hole.height(),
              maskFile));
    }
    if (hole.holeCount() == 0) {
      throw new UserException(
          String.format(
              "the mask must show a hole: expected %s pixels, found none in %s"
                  + " (see --mask-convention)",
              convention.hole(), maskFile));
    }
    if (hole.holeCount() == hole.width() * hole.height()) {
      throw new UserException(
          String.format(
              "the mask must leave something known: found only %s pixels in %s"
                  + " (see --mask-convention)",
              convention.hole(), maskFile));
    }
    if (hole.holeFraction() > NEARLY_ALL) {
      System.err.printf(
          Locale.ROOT,
          "inpaint fill: the hole is %.0f %% of the photo; is --mask-convention right?%n",
          100 * hole.holeFraction());
    }
  }

  private void report(InpaintResult result, Mask hole, Path resultFile) {
    InpaintResult.Search found = result.search();
    boolean partial = result.status() == SearchStatus.CANCELLED;
    System.out.printf(
        Locale.ROOT,
        "%s %d pixels (%.1f %% of the photo) in %s, loss %.2f at step %d%n",
        partial ? "Interrupted: partial result, filled" : "Filled",
        hole.holeCount(),
        100 * hole.holeFraction(),
        SearchFlags.seconds(found.time().plus(result.blendTime())),
        found.loss(),
        found.bestStep() + 1);
    System.out.printf("The model was shown the square of %s%n", found.region());
    System.out.printf("%s%s%n", resultFile, partial ? " (partial)" : "");
    if (strip != null) {
      System.out.printf("%s%n", strip);
    }
    if (!Pictures.isLossless(resultFile)) {
      System.err.println(
          "inpaint fill: JPEG changes all pixels a little; write a .png to keep them as they are");
    }
  }

  private static Path given(@Nullable Path option) {
    // picocli does not call a command whose required options are missing.
    return java.util.Objects.requireNonNull(option);
  }
}
