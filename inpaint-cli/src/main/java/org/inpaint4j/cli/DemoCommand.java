package org.inpaint4j.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Strip;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.inpaint4j.search.FoundLatent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inpaint demo}: a hole in a shipped portrait, an object in a shipped photo. */
@Command(
    name = "demo",
    description =
        "Cuts a hole into a shipped portrait and fills it; takes a rocket out of a photo.")
final class DemoCommand implements Callable<Integer> {

  private static final String PORTRAIT = "portrait.jpg";
  private static final String ROCKET = "rocket.jpg";
  private static final String ROCKET_HOLE = "rocket-hole.png";

  /** Where the portrait shows the face as the model knows faces: measured from its eyes. */
  private static final Square FACE = new Square(146, 122, 207);

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "out",
      description =
          "Where to write demo.png (the portrait) and demo-object.png (the photo), each with its"
              + " steps (…-strip.png). Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("out");

  @Mixin private final SearchFlags search = new SearchFlags();

  /** The portrait as it ships. */
  static BufferedImage portrait() throws IOException {
    return picture(PORTRAIT);
  }

  /** The photo of a rocket as it ships. */
  static BufferedImage rocket() throws IOException {
    return picture(ROCKET);
  }

  /** The rocket. */
  static Mask rocketHole() throws IOException {
    return Mask.whiteIsHole(picture(ROCKET_HOLE));
  }

  private static BufferedImage picture(String name) throws IOException {
    try (InputStream stream = DemoCommand.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException("the jar must hold " + name + ": found none");
      }
      return PictureFile.read(stream).image();
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
    Pictures.given("--out", out);
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new UserException("--out must be a folder that can be written: found " + out);
    }
    for (String name :
        List.of("demo.png", "demo-strip.png", "demo-object.png", "demo-object-strip.png")) {
      Pictures.checkWritable("--out", out.resolve(name));
    }
    try (Interruption interruption = Interruption.watch()) {
      fillPortrait(interruption);
      if (!interruption.asked()) {
        removeObject(interruption);
      }
    }
    return 0;
  }

  private void fillPortrait(Interruption interruption) throws UserException, IOException {
    BufferedImage portrait = portrait();
    Mask hole = hole(portrait);
    System.out.printf(
        Locale.ROOT,
        "A portrait of %dx%d pixels, a hole of %d over nose and mouth%n",
        portrait.getWidth(),
        portrait.getHeight(),
        hole.holeCount());
    Framing shown = search.isOfAModel() ? framing() : null;
    InpaintResult result = search.fill(InpaintRequest.of(portrait, hole), shown, interruption, 0);
    String told =
        SearchFlags.found(result)
            .map(found -> searched(result, found))
            .orElseGet(() -> WhoFilled.what(result));
    finish(result, told, "demo");
  }

  /** As {@code inpaint fill} does without options. */
  private void removeObject(Interruption interruption) throws UserException, IOException {
    BufferedImage photo = rocket();
    Mask hole = rocketHole();
    System.out.printf(
        Locale.ROOT,
        "A photo of %dx%d pixels, a hole of %d over a rocket%n",
        photo.getWidth(),
        photo.getHeight(),
        hole.holeCount());
    InpaintResult result =
        new SearchFlags().fill(InpaintRequest.of(photo, hole), null, interruption, 0);
    finish(result, WhoFilled.what(result), "demo-object");
  }

  /** What a search tells of itself. */
  private static String searched(InpaintResult result, FoundLatent found) {
    Duration searchTime = result.parts().get(0).time();
    boolean partial = result.status() == FillStatus.CANCELLED;
    return String.format(
        Locale.ROOT,
        "%s in %s: searched %s, blended %s; loss %.2f at step %d of %d",
        partial ? "Interrupted: filled with the best so far," : "Filled",
        SearchFlags.seconds(searchTime.plus(result.blendTime())),
        SearchFlags.seconds(searchTime),
        SearchFlags.seconds(result.blendTime()),
        found.loss(),
        found.bestStep() + 1,
        found.trace().steps());
  }

  /** Writes the result and how it came, and says so. */
  private void finish(InpaintResult result, String told, String name)
      throws UserException, IOException {
    Path resultFile = out.resolve(name + ".png");
    Path stripFile = out.resolve(name + "-strip.png");
    Pictures.write(result.image(), resultFile);
    Pictures.write(Strip.of(result), stripFile);
    System.out.println(told);
    boolean partial = result.status() == FillStatus.CANCELLED;
    System.out.printf("result:         %s%s%n", resultFile, partial ? " (partial)" : "");
    System.out.printf("how it came:    %s%n", stripFile);
  }
}
