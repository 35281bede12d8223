package org.inpaint4j.model.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.inpaint4j.Framing;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Square;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaceFinderTest {

  private static final FaceFinder FINDER = FaceFinder.load();
  private static final ImageShape MODEL = ImageShape.square(3, 64);

  /** The face of the portrait: from its eyes and mouth, by eye. */
  private static final Square FACE = Square.around(110, 60, 61, 2);

  @AfterAll
  static void close() {
    FINDER.close();
  }

  private static BufferedImage portrait() throws IOException {
    try (InputStream stream = FaceFinderTest.class.getResourceAsStream("astronaut.jpg")) {
      return ImageIO.read(Objects.requireNonNull(stream));
    }
  }

  private static Mask none(BufferedImage image) {
    return Mask.rectangle(image.getWidth(), image.getHeight(), 0, 0, 0, 0);
  }

  private static List<FoundFace> all(BufferedImage image) {
    return FINDER.all(Photo.of(image), none(image));
  }

  /** A rectangle of a square, in shares of its sides. */
  private static Mask cover(BufferedImage image, Square face, double top, double bottom) {
    BitSet hole = new BitSet();
    int width = image.getWidth();
    for (int i = 0; i < width * image.getHeight(); i++) {
      double u = face.across(i % width + 0.5, Math.floorDiv(i, width) + 0.5);
      double v = face.down(i % width + 0.5, Math.floorDiv(i, width) + 0.5);
      hole.set(i, u > 0.2 && u < 0.8 && v > top && v < bottom);
    }
    return Mask.of(none(image).size(), hole);
  }

  /** The portrait in the middle of a larger picture, turned about the face's centre. */
  private static BufferedImage turned(double angle) throws IOException {
    BufferedImage image = new BufferedImage(360, 360, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.GRAY);
    graphics.fillRect(0, 0, 360, 360);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.translate(180, 180);
    graphics.rotate(Math.toRadians(angle));
    graphics.translate(-FACE.centreX(), -FACE.centreY());
    graphics.drawImage(portrait(), 0, 0, null);
    graphics.dispose();
    return image;
  }

  /** Rows of portraits. */
  private static BufferedImage group(int columns, int rows, int side) throws IOException {
    BufferedImage image =
        new BufferedImage(columns * side, rows * side, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    for (int i = 0; i < columns * rows; i++) {
      graphics.drawImage(portrait(), i % columns * side, i / columns * side, side, side, null);
    }
    graphics.dispose();
    return image;
  }

  private static void assertNear(Square found, Square expected, double share) {
    for (int corner = 0; corner < 4; corner++) {
      double u = corner & 1;
      double v = corner >> 1;
      assertThat(
              Math.hypot(
                      found.column(u, v) - expected.column(u, v),
                      found.row(u, v) - expected.row(u, v))
                  / expected.size())
          .as("corner %s of %s", corner, found)
          .isLessThan(share);
    }
  }

  @Test
  void all_portrait_isItsFaceUpright() throws IOException {
    List<FoundFace> faces = all(portrait());
    assertThat(faces).hasSize(1);
    assertNear(faces.get(0).square(), FACE, 0.12);
    assertThat(faces.get(0).score()).isBetween(0.85, 1.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-30, 20, 90, 180})
  void all_turnedPortrait_isTheSquareTurned(double angle) throws IOException {
    Square upright = all(turned(0)).get(0).square();
    List<FoundFace> faces = all(turned(angle));
    assertThat(faces).hasSize(1);
    double radians = Math.toRadians(angle);
    double dx = upright.centreX() - 180;
    double dy = upright.centreY() - 180;
    Square expected =
        Square.around(
            180 + dx * Math.cos(radians) - dy * Math.sin(radians),
            180 + dx * Math.sin(radians) + dy * Math.cos(radians),
            upright.size(),
            upright.angle() + angle);
    assertNear(faces.get(0).square(), expected, 0.1);
  }

  @Test
  void all_grayPhoto_isLikeColour() throws IOException {
    BufferedImage gray = new BufferedImage(256, 256, BufferedImage.TYPE_BYTE_GRAY);
    gray.getGraphics().drawImage(portrait(), 0, 0, null);
    assertNear(all(gray).get(0).square(), all(portrait()).get(0).square(), 0.1);
  }

  @Test
  void atHole_whatTheHoleHides_hasNoInfluence() throws IOException {
    BufferedImage photo = portrait();
    Mask mouth = cover(photo, FACE, 0.6, 0.8);
    BufferedImage other = portrait();
    for (int y = 0; y < 256; y++) {
      for (int x = 0; x < 256; x++) {
        if (mouth.isHole(x, y)) {
          other.setRGB(x, y, (x * 31 + y * 17) * 0x010203);
        }
      }
    }
    List<FoundFace> faces = FINDER.atHole(Photo.of(photo), mouth);
    assertThat(faces).hasSize(1);
    assertNear(faces.get(0).square(), FACE, 0.15);
    assertThat(FINDER.atHole(Photo.of(other), mouth)).isEqualTo(faces);
  }

  @Test
  void atHole_ofOneOfThree_isThatFace() throws IOException {
    BufferedImage photo = group(3, 1, 128);
    Square second = Square.around(128 + 55, 30, 31, 2);
    List<FoundFace> faces = FINDER.atHole(Photo.of(photo), cover(photo, second, 0.6, 0.8));
    assertThat(faces).hasSize(1);
    assertNear(faces.get(0).square(), second, 0.2);
    Mask below = Mask.rectangle(384, 128, 10, 110, 300, 10);
    assertThat(FINDER.atHole(Photo.of(photo), below)).isEmpty();
    assertThat(Faces.framing(FINDER).squares(Photo.of(photo), below, MODEL)).isEmpty();
  }

  @Test
  void all_thirtyFaces_areThirty() throws IOException {
    assertThat(all(group(6, 5, 100))).hasSize(30);
  }

  /** From the nose down there is a face still; of the chin alone there is none. */
  @Test
  void all_faceThatTheBorderCuts_reachesBeyondThePhoto() throws IOException {
    BufferedImage half = portrait().getSubimage(0, 52, 256, 204);
    List<FoundFace> faces = all(half);
    assertThat(faces).hasSizeLessThanOrEqualTo(1);
    faces.forEach(face -> assertThat(face.square().bounds().y()).isNegative());
    assertThat(all(portrait().getSubimage(0, 100, 256, 156))).isEmpty();
  }

  /** Of what is left, turned by a right angle, other faces are seen, whose middle is outside. */
  @ParameterizedTest
  @ValueSource(doubles = {0.40, 0.45, 0.50, 0.55})
  void atHole_mouthOfAFaceCutBelowItsEyes_isNoFace(double cut) throws IOException {
    int top = (int) (FACE.centreY() + (cut - 0.5) * FACE.size());
    BufferedImage image = portrait().getSubimage(0, top, 256, 256 - top);
    Mask mouth =
        Mask.rectangle(
            256,
            256 - top,
            (int) (FACE.centreX() - 0.25 * FACE.size()),
            (int) (FACE.centreY() + 0.08 * FACE.size()) - top,
            (int) (0.5 * FACE.size()),
            (int) (0.26 * FACE.size()));

    assertThat(FINDER.atHole(Photo.of(image), mouth)).isEmpty();
  }

  @Test
  void framing_photoWithoutFace_saysWhatToDo() {
    BufferedImage photo = new BufferedImage(200, 150, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 200 * 150; i++) {
      photo.setRGB(i % 200, i / 200, (i * 2654435) >>> 8);
    }
    Mask mask = Mask.rectangle(200, 150, 50, 40, 60, 50);
    Framing framing = Faces.framing(FINDER);
    assertThatThrownBy(() -> framing.frame(Photo.of(photo), mask, MODEL))
        .isInstanceOf(NoFaceException.class)
        .hasMessageContaining("must show a face")
        .hasMessageContaining("--region x,y,size");
  }

  @Test
  void framing_clearFace_tellsItsScoreWithoutWarning() throws IOException {
    BufferedImage photo = portrait();
    List<Framing.Framed> framed =
        Faces.framing(FINDER).frame(Photo.of(photo), cover(photo, FACE, 0.6, 0.8), MODEL);
    assertThat(framed).hasSize(1);
    assertThat(framed.get(0).score().orElseThrow()).isBetween(0.8, 1.0);
    assertThat(framed.get(0).warnings()).isEmpty();
  }

  @Test
  void framed_lowScore_warns() {
    Framing.Framed framed = FaceFraming.framed(new FoundFace(new Square(1, 2, 30), 0.6));
    assertThat(framed.score()).hasValue(0.6);
    assertThat(framed.warnings())
        .extracting(InpaintWarning::kind)
        .containsExactly(InpaintWarning.Kind.UNSURE_SQUARE);
    assertThat(framed.warnings().get(0).message()).contains("30x30 at (1, 2)", "0.60");
    assertThat(FaceFraming.framed(new FoundFace(new Square(1, 2, 30), 0.75)).warnings()).isEmpty();
  }

  @Test
  void find_afterClose_isRefused() throws IOException {
    FaceFinder finder = FaceFinder.load();
    finder.close();
    Photo photo = Photo.of(portrait());
    Mask mask = none(portrait());
    assertThatThrownBy(() -> finder.all(photo, mask)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void fit_pointsOfTheTemplateInATurnedSquare_isThatSquare() {
    Square square = Square.around(40, 70, 33, -25);
    double[] template = {.335, .334, .665, .334, .5, .527, .356, .681, .644, .681};
    double[] points = new double[10];
    for (int k = 0; k < 10; k += 2) {
      points[k] = square.column(template[k], template[k + 1]);
      points[k + 1] = square.row(template[k], template[k + 1]);
    }
    Square fitted = Alignment.fit(points);
    assertThat(fitted.centreX()).isCloseTo(40, within(1e-9));
    assertThat(fitted.centreY()).isCloseTo(70, within(1e-9));
    assertThat(fitted.size()).isCloseTo(33, within(1e-9));
    assertThat(fitted.angle()).isCloseTo(-25, within(1e-9));
  }

  /** Draws what is hidden as the other half of the image has it. */
  private static final class MirrorFill implements Filler {

    private final AtomicInteger fills = new AtomicInteger();

    @Override
    public Optional<ImageShape> imageShape() {
      return Optional.of(ImageShape.square(3, 128));
    }

    @Override
    public List<Filling> fill(FillTask task) {
      fills.incrementAndGet();
      ImagePlanes drawn = task.target().copy();
      int width = task.mask().width();
      for (int i = 0; i < task.mask().size().pixels(); i++) {
        int x = i % width;
        int y = Math.floorDiv(i, width);
        for (int c = 0; task.mask().isHole(x, y) && c < 3; c++) {
          drawn.samples()[c * task.mask().size().pixels() + i] =
              task.target().get(c, width - 1 - x, y);
        }
      }
      return List.of(Filling.of(drawn, FillStatus.COMPLETED));
    }

    @Override
    public Map<String, String> provenance() {
      return Map.of();
    }

    @Override
    public void close() {}
  }

  /** How much nearer squares come to the right ones is a test of the network that ships. */
  @Test
  void look_halfAFaceWithACompleter_looksAgainAndKeepsTheScore() throws IOException {
    BufferedImage image = portrait();
    Photo photo = Photo.of(image);
    Square right = all(image).get(0).square();
    BitSet hole = new BitSet();
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      int x = i % image.getWidth();
      int y = Math.floorDiv(i, image.getWidth());
      double u = right.across(x + 0.5, y + 0.5);
      double v = right.down(x + 0.5, y + 0.5);
      hole.set(i, v > 0 && v < 1 && u > 0 && u < 0.5);
    }
    Mask half = Mask.of(photo.size(), hole);
    MirrorFill mirror = new MirrorFill();

    try (FaceFinder completing = FaceFinder.load(() -> mirror)) {
      FoundFace without = FINDER.atHole(photo, half).get(0);
      FoundFace with = completing.atHole(photo, half).get(0);

      assertThat(with.square()).isNotEqualTo(without.square());
      assertNear(with.square(), right, 0.2);
      assertThat(with.score()).isEqualTo(without.score());
      assertThat(mirror.fills.get()).isBetween(1, 2);
    }
  }

  @Test
  void look_wholeFace_isNotCompleted() throws IOException {
    BufferedImage image = portrait();
    MirrorFill mirror = new MirrorFill();

    try (FaceFinder completing = FaceFinder.load(() -> mirror)) {
      assertThat(completing.all(Photo.of(image), none(image))).isEqualTo(all(image));
      assertThat(mirror.fills).hasValue(0);
    }
  }
}
