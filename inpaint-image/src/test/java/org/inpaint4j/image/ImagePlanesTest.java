package org.inpaint4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePlanesTest {

  /** Samples 100 c + 10 y + x of 2 channels, 3 rows and 4 columns. */
  private static ImagePlanes numbered() {
    ImagePlanes image = ImagePlanes.zeros(2, new Size(4, 3));
    for (int c = 0, i = 0; c < 2; c++) {
      for (int y = 0; y < 3; y++) {
        for (int x = 0; x < 4; x++, i++) {
          image.samples()[i] = 100 * c + 10 * y + x;
        }
      }
    }
    return image;
  }

  @Test
  void get_isThePlaneThenTheRow() {
    ImagePlanes image = numbered();
    assertThat(image.channels()).isEqualTo(2);
    assertThat(image.width()).isEqualTo(4);
    assertThat(image.height()).isEqualTo(3);
    assertThat(image.size()).isEqualTo(new Size(4, 3));
    assertThat(image.samples()).hasSize(24);
    assertThat(image.get(0, 0, 0)).isZero();
    assertThat(image.get(1, 0, 0)).isEqualTo(100);
    assertThat(image.get(0, 3, 1)).isEqualTo(13);
    assertThat(image.get(1, 2, 2)).isEqualTo(122);
    assertThat(image).hasToString("2x3x4 image");
  }

  @Test
  void constructor_sharesTheArray() {
    float[] samples = {1, 2};
    ImagePlanes image = new ImagePlanes(1, new Size(2, 1), samples);
    assertThat(image.samples()).isSameAs(samples);
    ImagePlanes copy = image.copy();
    samples[1] = 7;
    assertThat(image.get(0, 1, 0)).isEqualTo(7);
    assertThat(copy.samples()).containsExactly(1, 2);
    assertThat(copy.size()).isEqualTo(image.size());
  }

  @Test
  void crop_isThatPartOfEachPlane() {
    ImagePlanes crop = numbered().crop(new Bounds(1, 1, 3, 2));
    assertThat(crop.channels()).isEqualTo(2);
    assertThat(crop.size()).isEqualTo(new Size(3, 2));
    assertThat(crop.samples())
        .containsExactly(11, 12, 13, 21, 22, 23, 111, 112, 113, 121, 122, 123);
    assertThat(numbered().crop(new Bounds(0, 0, 4, 3)).samples())
        .containsExactly(numbered().samples());
  }

  @ParameterizedTest
  @CsvSource({"-1, 1, 2, 2", "1, -1, 2, 2", "3, 0, 2, 2", "0, 2, 2, 2"})
  void crop_outsideTheImage_isRefused(int x, int y, int w, int h) {
    ImagePlanes image = numbered();
    Bounds part = new Bounds(x, y, w, h);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> image.crop(part))
        .withMessage("the part must lie inside the image: expected one inside 4x3, found " + part);
  }

  @Test
  void constructor_whatDoesNotFit_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImagePlanes(0, new Size(1, 1), new float[0]))
        .withMessage("an image must have at least one channel: found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImagePlanes(2, new Size(4, 3), new float[23]))
        .withMessage("samples of an image of 2 channels and 4x3 pixels must be 24 long: found 23");
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> ImagePlanes.zeros(1000, new Size(50_000, 40_000)));
  }
}
