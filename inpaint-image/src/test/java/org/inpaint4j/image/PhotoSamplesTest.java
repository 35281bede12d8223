package org.inpaint4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoSamplesTest {

  private static BufferedImage of(int space, boolean alpha, boolean premultiplied, int type) {
    ComponentColorModel colors =
        new ComponentColorModel(
            ColorSpace.getInstance(space),
            alpha,
            premultiplied,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            type);
    return new BufferedImage(
        colors, colors.createCompatibleWritableRaster(1, 1), premultiplied, null);
  }

  private static float[] read(BufferedImage image) {
    return Photo.of(image).read(new Bounds(0, 0, 1, 1)).samples();
  }

  @Test
  void read_gray_isTheSampleAndNotWhatJavaShows() {
    BufferedImage gray = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    gray.getRaster().setSample(0, 0, 0, 120);
    assertThat(read(gray)).containsExactly(120 / 255f);
    assertThat(Photo.of(gray).toRgb().getRGB(0, 0)).isEqualTo(0xFF787878);
    BufferedImage wide = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    wide.getRaster().setSample(0, 0, 0, 120 * 257);
    assertThat(read(wide)).containsExactly(120 * 257 / 65535f);
    assertThat(Photo.of(wide).toRgb().getRGB(0, 0)).isEqualTo(0xFF787878);
  }

  @Test
  void read_floats_areThemselvesAndAreWritten() {
    BufferedImage image = of(ColorSpace.CS_GRAY, false, false, DataBuffer.TYPE_FLOAT);
    image.getRaster().setSample(0, 0, 0, 0.47f);
    assertThat(read(image)).containsExactly(0.47f);
    Photo copy = Photo.copyOf(image);
    copy.writeHole(
        new ImagePlanes(1, new Size(1, 1), new float[] {0.123f}),
        new Bounds(0, 0, 1, 1),
        Mask.rectangle(1, 1, 0, 0, 1, 1));
    assertThat(read(copy.image())).containsExactly(0.123f);
    assertThat(read(image)).containsExactly(0.47f);
  }

  @Test
  void copyOf_otherProfile_keepsEverySample() {
    BufferedImage image = of(ColorSpace.CS_LINEAR_RGB, false, false, DataBuffer.TYPE_USHORT);
    image.getRaster().setPixel(0, 0, new int[] {1, 30_000, 65_535});
    BufferedImage copy = Photo.copyOf(image).image();
    assertThat(copy.getRaster().getPixel(0, 0, (int[]) null)).containsExactly(1, 30_000, 65_535);
    assertThat(copy.getColorModel()).isEqualTo(image.getColorModel());
  }

  @Test
  void read_premultiplied_isDividedByTheOpacity() {
    BufferedImage image = of(ColorSpace.CS_sRGB, true, true, DataBuffer.TYPE_BYTE);
    image.getRaster().setPixel(0, 0, new int[] {50, 100, 0, 100});
    assertThat(read(image)).containsExactly(new float[] {0.5f, 1, 0}, within(1e-6f));
    BufferedImage copy = Photo.copyOf(image).image();
    assertThat(copy.getRaster().getPixel(0, 0, (int[]) null)).containsExactly(50, 100, 0, 100);
  }

  private static float[] readRow(BufferedImage image) {
    float[] samples = new float[3];
    PhotoRows.of(Photo.of(image)).read(0, 0, 1, samples);
    return samples;
  }

  @Test
  void readRow_floats_areThemselvesTimesTheWhiteOfBytes() {
    BufferedImage image = of(ColorSpace.CS_sRGB, false, false, DataBuffer.TYPE_FLOAT);
    image.getRaster().setPixel(0, 0, new float[] {0, 0.4f, 1});
    assertThat(readRow(image)).containsExactly(0, 255 * 0.4f, 255);
    BufferedImage gray = of(ColorSpace.CS_GRAY, true, false, DataBuffer.TYPE_FLOAT);
    gray.getRaster().setPixel(0, 0, new float[] {0.4f, 1});
    assertThat(readRow(gray)).containsOnly(255 * 0.4f);
  }

  @ParameterizedTest
  @ValueSource(ints = {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT, DataBuffer.TYPE_FLOAT})
  void readRow_premultiplied_isDividedByTheOpacity(int type) {
    BufferedImage image = of(ColorSpace.CS_sRGB, true, true, type);
    double white = type == DataBuffer.TYPE_BYTE ? 255 : type == DataBuffer.TYPE_USHORT ? 65535 : 1;
    double[] pixel = {0.2 * white, 0.4 * white, 0, 0.4 * white};
    image.getRaster().setPixel(0, 0, pixel);
    assertThat(readRow(image)).containsExactly(new float[] {127.5f, 255, 0}, within(1e-2f));
  }

  @Test
  void readRow_premultipliedInt_isDividedByTheOpacity() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB_PRE);
    image.getRaster().setPixel(0, 0, new int[] {50, 100, 0, 100});
    assertThat(readRow(image)).containsExactly(new float[] {127.5f, 255, 0}, within(1e-4f));
  }

  @Test
  void readRow_sixteenBits_areInTheRangeOfBytes() {
    BufferedImage image = of(ColorSpace.CS_sRGB, false, false, DataBuffer.TYPE_USHORT);
    image.getRaster().setPixel(0, 0, new int[] {0, 120 * 257, 65_535});
    assertThat(readRow(image)).containsExactly(new float[] {0, 120, 255}, within(1e-4f));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_INT_ARGB
      })
  void whiteIsHole_anyKind_isFromHalfOfWhiteOn(int type) {
    BufferedImage image = new BufferedImage(3, 1, type);
    int[] levels = {127, 128, 255};
    int scale = type == BufferedImage.TYPE_USHORT_GRAY ? 257 : 1;
    for (int x = 0; x < 3; x++) {
      for (int b = 0; b < image.getRaster().getNumBands(); b++) {
        image.getRaster().setSample(x, 0, b, levels[x] * scale);
      }
    }
    assertThat(Mask.whiteIsHole(image)).isEqualTo(Mask.of(3, 1, (x, y) -> x > 0));
    assertThat(Mask.blackIsHole(image)).isEqualTo(Mask.of(3, 1, (x, y) -> x == 0));
  }

  @Test
  void transparentIsHole_sixteenBits_isBelowHalf() {
    BufferedImage image = of(ColorSpace.CS_GRAY, true, false, DataBuffer.TYPE_USHORT);
    image.getRaster().setSample(0, 0, 1, 32_767);
    assertThat(Mask.transparentIsHole(image).holeCount()).isEqualTo(1);
    image.getRaster().setSample(0, 0, 1, 32_768);
    assertThat(Mask.transparentIsHole(image).holeCount()).isZero();
  }
}
