package org.inpaint4j.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Strip;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.inpaint4j.search.FoundLatent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inpaint demo}: a shipped portrait, a hole, and what comes of it. */
@Command(name = "demo", description = "Cuts a hole into a shipped portrait and fills it.")
final class DemoCommand implements Callable<Integer> {

  private static final String PORTRAIT = "portrait.jpg";

  /** Where the portrait shows the face as the model knows faces: measured from its eyes. */
  private static final Square FACE = new Square(146, 122, 207);

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "out",
      description =
          "Where to write demo.png (the result) and demo-strip.png (the steps). Default:"
              + " ${DEFAULT-VALUE}.")
  private Path out = Path.of("out");

  @Mixin private final SearchFlags search = new SearchFlags();

  /** The portrait as it ships. */
  static BufferedImage portrait() throws IOException {
    try (InputStream stream = DemoCommand.class.getResourceAsStream(PORTRAIT)) {
      if (stream == null) {
        throw new IOException("the jar must hold " + PORTRAIT + ": found none");
      }
      return ImageIO.read(stream);
    }
  }

  /** The hole: nose and mouth. */
  static Mask hole(BufferedImage portrait) {
    return Mask.rectangle(portrait.getWidth(), portrait.getHeight(), 206, 206, 84, 76);
  }

  /** The square of the portrait that shows the face. */
  static Framing framing() {
    return Framing.square(FACE);
  }

  @Override
  public Integer call() throws UserException, IOException {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new UserException("--out must be a folder that can be written: found " + out);
    }
    Path resultFile = out.resolve("demo.png");
    Path stripFile = out.resolve("demo-strip.png");
    Pictures.checkWritable("--out", resultFile);
    Pictures.checkWritable("--out", stripFile);
    BufferedImage portrait = portrait();
    Mask hole = hole(portrait);
    System.out.printf(
        Locale.ROOT,
        "A portrait of %dx%d pixels, a hole of %d over nose and mouth%n",
        portrait.getWidth(),
        portrait.getHeight(),
        hole.holeCount());
    try (Interruption interruption = Interruption.watch()) {
      InpaintResult result =
          search.fill(InpaintRequest.of(portrait, hole), framing(), interruption, 0);
      Pictures.write(result.image(), resultFile);
      Pictures.write(Strip.of(result), stripFile);
      report(result, resultFile, stripFile);
    }
    return 0;
  }

  private static void report(InpaintResult result, Path resultFile, Path stripFile) {
    FoundLatent found = result.search();
    Duration searchTime = result.parts().get(0).time();
    boolean partial = result.status() == FillStatus.CANCELLED;
    System.out.printf(
        Locale.ROOT,
        "%s in %s: searched %s, blended %s; loss %.2f at step %d of %d%n",
        partial ? "Interrupted: filled with the best so far," : "Filled",
        SearchFlags.seconds(searchTime.plus(result.blendTime())),
        SearchFlags.seconds(searchTime),
        SearchFlags.seconds(result.blendTime()),
        found.loss(),
        found.bestStep() + 1,
        found.trace().steps());
    System.out.printf("result:         %s%s%n", resultFile, partial ? " (partial)" : "");
    System.out.printf("how it came:    %s%n", stripFile);
  }
}
