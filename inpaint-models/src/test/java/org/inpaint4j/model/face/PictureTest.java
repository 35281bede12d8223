package org.inpaint4j.model.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the network is shown, by hand. */
class PictureTest {

  private static final float CLOSE = 1e-4f;

  private static Picture plane(int width, float... samples) {
    return new Picture(new Size(width, samples.length / width), samples);
  }

  @Test
  void resized_threeToTwo_isByArea() {
    Picture result = plane(3, 3, 6, 12).resized(new Size(2, 1));
    assertThat(result.samples()).containsExactly(new float[] {4, 10}, within(CLOSE));
  }

  @Test
  void resized_rowsThreeToTwo_isByArea() {
    Picture result = plane(1, 3, 6, 12).resized(new Size(1, 2));
    assertThat(result.samples()).containsExactly(new float[] {4, 10}, within(CLOSE));
  }

  @Test
  void resized_twoToFour_isLinear() {
    Picture result = plane(2, 0, 8).resized(new Size(4, 1));
    assertThat(result.samples()).containsExactly(new float[] {0, 2, 6, 8}, within(CLOSE));
  }

  @Test
  void sample_betweenPixels_isLinearAndRepeatsTheBorder() {
    Picture picture =
        new Picture(new Size(2, 2), new float[] {0, 4, 8, 12, 1, 1, 1, 1, 2, 2, 2, 2});
    float[] into = new float[3];
    picture.sample(0.25, 0.5, into, 0, 1);
    assertThat(into).containsExactly(new float[] {5, 1, 2}, within(CLOSE));
    picture.sample(7, -3, into, 0, 1);
    assertThat(into).containsExactly(new float[] {4, 1, 2}, within(CLOSE));
  }

  @Test
  void mirroredAndPadded_moveColumns() {
    assertThat(plane(2, 1, 2, 3, 4).mirrored().samples()).containsExactly(2, 1, 4, 3);
    assertThat(plane(2, 1, 2, 3, 4).padded(new Size(3, 3)).samples())
        .containsExactly(1, 2, 0, 3, 4, 0, 0, 0, 0);
  }

  /** Of 2x2 pixels one is missing: three quarters are known, of which the mean is 20. */
  @Test
  void reduction_byTwo_countsKnownPixels() {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x0A0000);
    image.setRGB(1, 0, 0x140000);
    image.setRGB(0, 1, 0x1E0001);
    image.setRGB(1, 1, 0xFF00FF);
    Mask mask = Mask.rectangle(2, 2, 1, 1, 1, 1);
    Reduction reduction = Reduction.of(Photo.of(image), mask, new Bounds(0, 0, 2, 2), 2);
    assertThat(reduction.known().samples())
        .containsExactly(new float[] {0.25f, 0, 15, 0.75f}, within(CLOSE));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_USHORT_565_RGB
      })
  void reduction_anyKindOfPhoto_hasItsColours(int type) {
    BufferedImage image = new BufferedImage(5, 4, type);
    for (int i = 0; i < 20; i++) {
      image.setRGB(i % 5, i / 5, 0xFFFF8400);
    }
    Mask none = Mask.rectangle(5, 4, 0, 0, 0, 0);
    Reduction reduction = Reduction.of(Photo.of(image), none, new Bounds(1, 1, 4, 3), 3);
    assertThat(reduction.known().size()).isEqualTo(new Size(2, 1));
    float green = image.getRGB(0, 0) >> 8 & 255;
    assertThat(reduction.known().samples())
        .containsExactly(new float[] {0, 0, green, green, 255, 255, 1, 1}, within(CLOSE));
  }

  /** By three every other row and column is read: of ten not the last. */
  @Test
  void reduction_lastRowAndColumnThatAreNotRead_areThoseBeside() {
    BufferedImage image = new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 100; i++) {
      image.setRGB(i % 10, i / 10, 10 * (i % 10 / 3) + 50 * (i / 10 / 3));
    }
    Mask none = Mask.rectangle(10, 10, 0, 0, 0, 0);
    Reduction reduction = Reduction.of(Photo.of(image), none, new Bounds(0, 0, 10, 10), 3);
    assertThat(reduction.known().size()).isEqualTo(new Size(4, 4));
    assertThat(reduction.known().plane(0).samples())
        .containsExactly(
            new float[] {0, 10, 20, 20, 50, 60, 70, 70, 100, 110, 120, 120, 100, 110, 120, 120},
            within(CLOSE));
    assertThat(reduction.known().plane(3).samples()).containsOnly(1);
  }

  @Test
  void marching_flatPicture_staysFlat() {
    boolean[] missing = new boolean[81];
    float[] samples = new float[243];
    for (int i = 0; i < 81; i++) {
      missing[i] = i % 9 > 1 && i % 9 < 7 && i / 9 > 2;
      samples[i] = missing[i] ? 1e6f : 40;
      samples[81 + i] = missing[i] ? Float.NaN : 80;
      samples[162 + i] = 120;
    }
    float[] filled = Marching.fill(new Picture(new Size(9, 9), samples), missing).samples();
    for (int i = 0; i < 81; i++) {
      assertThat(filled[i]).isCloseTo(40, within(CLOSE));
      assertThat(filled[81 + i]).isCloseTo(80, within(CLOSE));
      assertThat(filled[162 + i]).isCloseTo(120, within(CLOSE));
    }
  }

  /** Left is dark, right is light: a pixel is like the edge that is nearer. */
  @Test
  void marching_darkAndLightEdge_meetInTheMiddle() {
    boolean[] missing = new boolean[11 * 11];
    float[] samples = new float[3 * 121];
    for (int i = 0; i < 121; i++) {
      missing[i] = i % 11 > 1 && i % 11 < 9;
      samples[i] = i % 11 < 5 ? 0 : 200;
    }
    float[] filled = Marching.fill(new Picture(new Size(11, 11), samples), missing).samples();
    assertThat(filled[5 * 11 + 2]).isLessThan(20);
    assertThat(filled[5 * 11 + 8]).isGreaterThan(180);
    assertThat(filled[5 * 11 + 5]).isBetween(40f, 160f);
  }

  @Test
  void marching_nothingKnown_isGray() {
    boolean[] missing = {true, true};
    float[] filled = Marching.fill(new Picture(new Size(2, 1), new float[6]), missing).samples();
    assertThat(filled).containsOnly(128);
  }
}
