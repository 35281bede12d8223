package org.inpaint4j.eval.mask;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.Mask;

/**
 * Makes masks to test with, one for each seed.
 *
 * <p>Implementations are immutable and may be used by several threads. The same width, height and
 * seed give the same mask on every machine: chance comes from {@link java.util.Random} alone, and
 * nothing is drawn with a font or graphics system.
 *
 * <p>Not for making training data: a generator draws one mask in 0.01 to 5 ms, which is more than a
 * training loop should spend.
 */
public interface MaskGenerator extends MaskSource {

  /**
   * Makes a mask.
   *
   * @param width columns, at least 1
   * @param height rows, at least 1
   * @param seed which mask; seeds next to each other give unrelated masks
   * @return the mask; never without a hole, never without a known pixel
   * @throws IllegalArgumentException if the size is too small for this kind of mask
   */
  Mask generate(int width, int height, long seed);

  @Override
  default Mask maskOf(String image, int width, int height, long seed) {
    return generate(width, height, seed);
  }

  /**
   * Writes masks as PNG files, white where the hole is.
   *
   * @param folder where to, created if it is missing; files are named {@code NAME-0000.png} and so
   *     on and replaced if they exist
   * @param count the number of masks, at least 1
   * @param width columns
   * @param height rows
   * @param seed the seed of the first; each further one has the next
   * @throws IOException if a file cannot be written
   */
  default void save(Path folder, int count, int width, int height, long seed) throws IOException {
    checkArgument(count > 0, "the number of masks must be positive: found %s", count);
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      PictureFiles.write(
          folder.resolve(String.format(Locale.ROOT, "%s-%04d.png", name(), i)),
          generate(width, height, seed + i).toImage());
    }
  }

  /**
   * {@code rectangle}: one rectangle that covers 10 to 40 % of the image, placed uniformly.
   *
   * <p>Width and height are drawn uniformly and independently from 1 to the image's own until the
   * area fits; then the rectangle is equally likely at every place where it lies inside the image,
   * the border included. The mean share is 22 %.
   *
   * @return the generator
   */
  static MaskGenerator rectangle() {
    return Rectangles.uniform(0.1, 0.4);
  }

  /**
   * {@code reference-rectangle}: the rectangle of the reference implementation, with its bias.
   *
   * <p>The upper left corner is uniform in [10, 0.6 s) along each axis of length s, the lower right
   * corner (exclusive) is uniform from one past the upper left to s - 11, and both are drawn again
   * until the area is 10 to 40 %. So the outer 10 pixels are always known, whatever the image size,
   * and holes keep to the middle. For comparing with numbers that were made that way; {@link
   * #rectangle} is the fair test.
   *
   * @return the generator; it needs images of at least 32x32 pixels
   */
  static MaskGenerator referenceRectangle() {
    return Rectangles.reference(0.1, 0.4);
  }

  /**
   * {@code noise}: 80 % of the pixels, each equally likely.
   *
   * @return the generator
   */
  static MaskGenerator noise() {
    return new NoiseMask("noise", 0.8);
  }

  /**
   * {@code noise-P}: a share of the pixels, each equally likely.
   *
   * @param share the share of the hole, more than 0 and less than 1; the number of pixels is
   *     rounded to the nearest and is the same for every seed
   * @return the generator, named by its percentage
   */
  static MaskGenerator noise(double share) {
    checkArgument(
        share > 0 && share < 1,
        "the share of a noise mask must lie between 0 and 1: found %s",
        share);
    return new NoiseMask("noise-" + Math.round(share * 100), share);
  }

  /**
   * {@code quickdraw}: strokes that people drew, by the recipe of QD-IMD.
   *
   * <p>The number of strokes is N(4, 2) rounded, at least 1; each is a random stroke of a random
   * drawing, with a width of U(5, 15) pixels on a canvas of 512; the canvas is scaled up by U(1,
   * 1.5) and cropped to its middle. Smaller masks are that canvas reduced: a pixel belongs to the
   * hole when at least half of it is covered. A mask that comes out empty is drawn again.
   *
   * <p>The drawings are 2,760 of the Quick, Draw! dataset by Google, CC BY 4.0.
   *
   * @return the generator
   * @see <a href="https://github.com/karfly/qd-imd">QD-IMD: Quick Draw Irregular Mask Dataset</a>
   */
  static MaskGenerator quickDraw() {
    return QuickDrawMask.INSTANCE;
  }

  /**
   * {@code centre-square}: a square whose sides are half the shorter side of the image, in the
   * exact middle.
   *
   * <p>The square has as many pixels to its left as to its right and as many above as below, or it
   * could not be called centred: when the image's width and height differ in parity, the hole is
   * one pixel wider than high. The seed has no influence.
   *
   * @return the generator; it needs images of at least 3x3 pixels
   */
  static MaskGenerator centreSquare() {
    return Rectangles.centreSquare();
  }

  /**
   * {@code left-half}: the left half of the image, without the middle column of an odd width. The
   * seed has no influence.
   *
   * @return the generator; it needs images of at least 2 columns
   */
  static MaskGenerator leftHalf() {
    return Rectangles.half("left-half", false);
  }

  /**
   * {@code right-half}: the right half of the image, without the middle column of an odd width. The
   * seed has no influence.
   *
   * @return the generator; it needs images of at least 2 columns
   */
  static MaskGenerator rightHalf() {
    return Rectangles.half("right-half", true);
  }

  /**
   * {@code free-form}: brush strokes with bends, after the random masks of Yu et al. (Free-Form
   * Image Inpainting with Gated Convolution, ICCV 2019).
   *
   * <p>One to four strokes; each starts anywhere and has 4 to 12 segments, turns by about 2π/5 at
   * every bend, to alternating sides, and is as wide as 5 to 12 % of the mean side. Drawn again
   * until it covers 3 to 60 %.
   *
   * @return the generator; it needs images of at least 16x16 pixels
   */
  static MaskGenerator freeForm() {
    return FreeFormMask.INSTANCE;
  }

  /**
   * {@code parts}: one part of a face each, for images that are aligned as the shipped models of
   * faces were trained: {@code left-eye}, {@code right-eye}, {@code both-eyes}, {@code nose},
   * {@code mouth}, {@code left-half-face}, {@code right-half-face} and {@code lower-half-face}.
   * Left and right are those of the person. The seed has no influence.
   *
   * @return the generators, of the family {@code parts}; they need images of at least 16x16 pixels
   */
  static List<MaskGenerator> parts() {
    return PartMask.ALL;
  }

  /**
   * {@code folder}: mask files, white where the hole is.
   *
   * <p>The seed chooses among the files in the order of their names: seed n takes file n modulo
   * their number. A file of another size is resampled to the nearest pixel.
   *
   * @param folder a folder with pictures: PNG, JPEG, TIFF, WebP, BMP or GIF; other files are
   *     ignored
   * @return the generator
   * @throws IOException if the folder cannot be read, has no picture in it, or a picture is broken
   *     or is all hole or all known
   */
  static MaskGenerator folder(Path folder) throws IOException {
    return MaskFolder.read(folder);
  }

  /**
   * The generator of a name.
   *
   * @param name one of {@link #names}, or {@code noise-P} with a percentage from 1 to 99
   * @return the generator
   * @throws IllegalArgumentException if there is none of that name
   */
  static MaskGenerator named(String name) {
    return switch (name) {
      case "rectangle" -> rectangle();
      case "reference-rectangle" -> referenceRectangle();
      case "noise" -> noise();
      case "quickdraw" -> quickDraw();
      case "centre-square" -> centreSquare();
      case "left-half" -> leftHalf();
      case "right-half" -> rightHalf();
      case "free-form" -> freeForm();
      default -> {
        for (MaskGenerator part : parts()) {
          if (part.name().equals(name)) {
            yield part;
          }
        }
        checkArgument(
            name.matches("noise-[1-9][0-9]?"),
            "the name of a mask must be known: expected one of %s, found %s",
            names(),
            name);
        yield noise(Integer.parseInt(name.substring("noise-".length())) / 100.0);
      }
    };
  }

  /**
   * The names that {@link #named} knows.
   *
   * @return the names, those of the paper's table first
   */
  static List<String> names() {
    return Stream.concat(
            Stream.of(
                "rectangle",
                "noise",
                "quickdraw",
                "reference-rectangle",
                "centre-square",
                "left-half",
                "right-half",
                "free-form"),
            parts().stream().map(MaskGenerator::name))
        .toList();
  }
}
