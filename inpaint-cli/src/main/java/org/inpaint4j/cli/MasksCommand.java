package org.inpaint4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inpaint4j.eval.mask.MaskGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code inpaint masks}: masks to test with. */
@Command(
    name = "masks",
    description = "Makes masks to test with: PNG files, white where the hole is.")
final class MasksCommand implements Callable<Integer> {

  /** Some kinds of masks need tens of bytes for each pixel while they are drawn. */
  private static final int MOST_PIXELS = 100_000_000;

  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})");

  @Option(
      names = "--kind",
      paramLabel = "NAME",
      defaultValue = "rectangle",
      description =
          "One of ${COMPLETION-CANDIDATES}, or noise-P (P %% of the pixels). Default:"
              + " ${DEFAULT-VALUE}.",
      completionCandidates = TableKinds.Names.class)
  private String kind = "rectangle";

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      defaultValue = "64x64",
      description = "Columns and rows. Default: ${DEFAULT-VALUE}.")
  private String size = "64x64";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of the first; each further one has the next. Default: 1.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "out/masks",
      description = "Where to write NAME-0000.png and so on. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("out/masks");

  @Override
  public Integer call() throws UserException, IOException {
    Matcher sides = SIZE.matcher(size);
    if (!sides.matches()) {
      throw new UserException("--size must be WxH in pixels: found " + size);
    }
    Pictures.given("--out", out);
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new UserException("--out must be a folder: found the file " + out);
    }
    int width = Integer.parseInt(sides.group(1));
    int height = Integer.parseInt(sides.group(2));
    if ((long) width * height > MOST_PIXELS) {
      throw new UserException(
          "--size must be of at most " + MOST_PIXELS + " pixels: found " + size);
    }
    try {
      MaskGenerator.named(kind).save(out, count, width, height, seed);
    } catch (IllegalArgumentException e) {
      throw new UserException(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
    System.out.printf("%d masks of %dx%d in %s%n", count, width, height, out);
    return 0;
  }
}
