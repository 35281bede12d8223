package org.inpaint4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoTest {

  private static final Mask NO_HOLE = Mask.of(2, 1, (x, y) -> false);
  private static final Mask RIGHT = Mask.of(2, 1, (x, y) -> x == 1);
  private static final Bounds ALL = new Bounds(0, 0, 2, 1);

  /** Two pixels of any colour model, from samples of its bands. */
  private static BufferedImage custom(ColorModel colors, int[] left, int[] right) {
    BufferedImage image =
        new BufferedImage(
            colors,
            colors.createCompatibleWritableRaster(2, 1),
            colors.isAlphaPremultiplied(),
            null);
    image.getRaster().setPixel(0, 0, left);
    image.getRaster().setPixel(1, 0, right);
    return image;
  }

  private static ColorModel component(int space, boolean alpha, int type, int... bits) {
    return new ComponentColorModel(
        ColorSpace.getInstance(space),
        bits,
        alpha,
        false,
        alpha ? ColorModel.TRANSLUCENT : ColorModel.OPAQUE,
        type);
  }

  private static BufferedImage rgb(int type, int left, int right) {
    BufferedImage image = new BufferedImage(2, 1, type);
    image.setRGB(0, 0, left);
    image.setRGB(1, 0, right);
    return image;
  }

  private static ImagePlanes planes(float... samples) {
    return new ImagePlanes(samples.length / 2, new Size(2, 1), samples);
  }

  /** Each type of samples, one by one: what is read, and what a write of the right pixel leaves. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_4BYTE_ABGR_PRE
      })
  void readAndWrite_eightBitColour_areExact(int type) {
    BufferedImage image = rgb(type, 0xFF0A141E, 0xFF28323C);
    Photo photo = Photo.of(image);
    assertThat(photo.image()).isSameAs(image);
    assertThat(photo.size()).isEqualTo(new Size(2, 1));
    assertThat(photo.channels()).isEqualTo(3);
    assertThat(photo.read(ALL, NO_HOLE).samples())
        .containsExactly(10 / 255f, 40 / 255f, 20 / 255f, 50 / 255f, 30 / 255f, 60 / 255f);
    assertThat(photo.read(ALL, RIGHT).samples())
        .containsExactly(10 / 255f, 0, 20 / 255f, 0, 30 / 255f, 0);
    // Rounded to nearest, and clamped: 127.4, above 1, below 0.
    photo.writeHole(planes(0.9f, 127.4f / 255, 0.9f, 1.5f, 0.9f, -0.5f), ALL, RIGHT);
    assertThat(image.getRGB(0, 0)).isEqualTo(0xFF0A141E);
    assertThat(image.getRGB(1, 0)).isEqualTo(0xFF7FFF00);
    photo.writeHole(planes(0, 127.6f / 255, 0, 1 / 255f, 0, 254 / 255f), ALL, RIGHT);
    assertThat(image.getRGB(1, 0)).isEqualTo(0xFF8001FE);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_4BYTE_ABGR_PRE
      })
  void writeHole_whatWasTransparent_becomesOpaque(int type) {
    BufferedImage image = rgb(type, 0x00000000, 0x00000000);
    Photo.of(image).writeHole(planes(0.2f, 0.2f, 0.4f, 0.4f, 0.6f, 0.6f), ALL, RIGHT);
    assertThat(image.getRGB(0, 0)).isZero();
    assertThat(image.getRGB(1, 0)).isEqualTo(0xFF336699);
  }

  @Test
  void readAndWrite_gray_areTheSamplesThemselves() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 100);
    Photo photo = Photo.of(image);
    assertThat(photo.channels()).isEqualTo(1);
    assertThat(photo.read(ALL, NO_HOLE).samples()).containsExactly(100 / 255f, 0);
    photo.writeHole(planes(0, 200 / 255f), ALL, RIGHT);
    assertThat(image.getRaster().getSamples(0, 0, 2, 1, 0, (int[]) null)).containsExactly(100, 200);
  }

  /** Models of other depths and bands: 16 bits, 12 bits, gray with alpha. */
  static Stream<ColorModel> deepModels() {
    return Stream.of(
        component(ColorSpace.CS_GRAY, false, DataBuffer.TYPE_USHORT, 16),
        component(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_USHORT, 16, 16),
        component(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_BYTE, 8, 8),
        component(ColorSpace.CS_sRGB, false, DataBuffer.TYPE_USHORT, 16, 16, 16),
        component(ColorSpace.CS_sRGB, true, DataBuffer.TYPE_USHORT, 16, 16, 16, 16),
        component(ColorSpace.CS_sRGB, false, DataBuffer.TYPE_USHORT, 12, 12, 12));
  }

  @ParameterizedTest
  @MethodSource("deepModels")
  void readAndWrite_otherDepths_keepThem(ColorModel colors) {
    int most = (1 << colors.getComponentSize(0)) - 1;
    int bands = colors.getNumComponents();
    int channels = colors.getNumColorComponents();
    int[] left = new int[bands];
    for (int b = 0; b < bands; b++) {
      left[b] = most / 3 + b;
    }
    BufferedImage image = custom(colors, left, new int[bands]);
    Photo photo = Photo.of(image);
    assertThat(photo.channels()).isEqualTo(channels);
    ImagePlanes read = photo.read(ALL, NO_HOLE);
    float[] wanted = new float[2 * channels];
    for (int c = 0; c < channels; c++) {
      assertThat(read.get(c, 0, 0)).isEqualTo((most / 3 + c) / (float) most);
      assertThat(read.get(c, 1, 0)).isZero();
      wanted[2 * c + 1] = (most - 7 - c) / (float) most;
    }
    photo.writeHole(planes(wanted), ALL, RIGHT);
    assertThat(image.getRaster().getPixel(0, 0, (int[]) null)).containsExactly(left);
    for (int b = 0; b < bands; b++) {
      assertThat(image.getRaster().getSample(1, 0, b))
          .isEqualTo(b < channels ? most - 7 - b : most);
    }
    BufferedImage copy = Photo.copyOf(image).image();
    assertThat(copy.getColorModel()).isEqualTo(colors);
    assertThat(copy.getRaster().getPixels(0, 0, 2, 1, (int[]) null))
        .containsExactly(image.getRaster().getPixels(0, 0, 2, 1, (int[]) null));
  }

  @Test
  void readAndWrite_palette_takeItsNearestColours() {
    IndexColorModel palette =
        new IndexColorModel(
            8,
            3,
            new byte[] {0, (byte) 200, 100},
            new byte[] {0, 100, (byte) 200},
            new byte[] {0, 50, (byte) 250});
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setSample(0, 0, 0, 1);
    Photo photo = Photo.of(image);
    assertThat(photo.channels()).isEqualTo(3);
    assertThat(photo.read(ALL, NO_HOLE).samples())
        .containsExactly(200 / 255f, 0, 100 / 255f, 0, 50 / 255f, 0);
    photo.writeHole(planes(0, 0.42f, 0, 0.75f, 0, 0.95f), ALL, RIGHT);
    assertThat(image.getRaster().getSamples(0, 0, 2, 1, 0, (int[]) null)).containsExactly(1, 2);
    // A copy is not bound to the palette.
    Photo copy = Photo.copyOf(image);
    assertThat(copy.image().getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
    copy.writeHole(planes(0, 0.2f, 0, 0.4f, 0, 0.6f), ALL, RIGHT);
    assertThat(copy.image().getRGB(0, 0)).isEqualTo(0xFFC86432);
    assertThat(copy.image().getRGB(1, 0)).isEqualTo(0xFF336699);
  }

  @Test
  void readAndWrite_fiveBits_areRoundedToWhatTheyHold() {
    for (int type :
        new int[] {BufferedImage.TYPE_USHORT_565_RGB, BufferedImage.TYPE_USHORT_555_RGB}) {
      BufferedImage image = rgb(type, 0xFFFFFF, 0x000000);
      Photo photo = Photo.of(image);
      assertThat(photo.read(ALL, NO_HOLE).samples()).containsExactly(1, 0, 1, 0, 1, 0);
      photo.writeHole(planes(0, 1, 0, 0.5f, 0, 0), ALL, RIGHT);
      assertThat(image.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
      assertThat(image.getRGB(1, 0) >> 16 & 255).isEqualTo(255);
      assertThat(image.getRGB(1, 0) >> 8 & 255).isCloseTo(128, within(8));
      assertThat(image.getRGB(1, 0) & 255).isZero();
      assertThat(Photo.copyOf(image).image().getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
    }
  }

  @Test
  void read_premultiplied_isTheColourItself() {
    BufferedImage image = rgb(BufferedImage.TYPE_INT_ARGB_PRE, 0x80C86432, 0xFF28323C);
    assertThat(image.getRaster().getSample(0, 0, 0)).isEqualTo(100);
    assertThat(Photo.of(image).read(ALL, NO_HOLE).get(0, 0, 0))
        .isCloseTo(200 / 255f, within(0.01f));
    BufferedImage copy = Photo.copyOf(image).image();
    assertThat(copy.getType()).isEqualTo(BufferedImage.TYPE_INT_ARGB);
    assertThat(copy.getRGB(0, 0)).isEqualTo(image.getRGB(0, 0));
    assertThat(copy.getRGB(1, 0)).isEqualTo(0xFF28323C);
  }

  /** Linear light and depths that Java packs are read as the sRGB that Java shows. */
  @Test
  void read_otherModels_isWhatJavaShows() {
    BufferedImage linear =
        custom(
            component(ColorSpace.CS_LINEAR_RGB, false, DataBuffer.TYPE_BYTE, 8, 8, 8),
            new int[] {55, 55, 55},
            new int[3]);
    BufferedImage tenBits =
        custom(
            new DirectColorModel(30, 0x3FF << 20, 0x3FF << 10, 0x3FF),
            new int[] {512, 512, 512},
            new int[3]);
    BufferedImage eightNine =
        custom(
            new DirectColorModel(26, 0xFF << 18, 0x1FF << 9, 0x1FF),
            new int[] {128, 256, 256},
            new int[3]);
    BufferedImage floats =
        custom(
            new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                false,
                false,
                ColorModel.OPAQUE,
                DataBuffer.TYPE_FLOAT),
            new int[3],
            new int[3]);
    floats.getRaster().setPixel(0, 0, new float[] {0.5f, 0.5f, 0.5f});
    for (BufferedImage image : new BufferedImage[] {linear, tenBits, eightNine, floats}) {
      Photo photo = Photo.of(image);
      assertThat(photo.channels()).isEqualTo(3);
      ImagePlanes read = photo.read(ALL, NO_HOLE);
      for (int c = 0; c < 3; c++) {
        assertThat(read.get(c, 0, 0)).isCloseTo(0.5f, within(0.01f));
        assertThat(read.get(c, 0, 0)).isEqualTo((image.getRGB(0, 0) & 255) / 255f);
      }
      assertThat(Photo.copyOf(image).image().getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
    }
  }

  @Test
  void readAndWrite_partOfALargerPhoto_isThatPart() {
    BufferedImage image = new BufferedImage(7, 6, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 42; i++) {
      image.setRGB(i % 7, i / 7, 0x010000 * (i % 7) + 0x000100 * (i / 7) + i);
    }
    Mask mask = Mask.rectangle(7, 6, 4, 2, 1, 1);
    Bounds part = new Bounds(3, 1, 2, 3);
    Photo photo = Photo.of(image);
    ImagePlanes read = photo.read(part, mask);
    assertThat(read.size()).isEqualTo(new Size(2, 3));
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 2; x++) {
        boolean hole = x == 1 && y == 1;
        assertThat(read.get(0, x, y)).isEqualTo(hole ? 0 : (3 + x) / 255f);
        assertThat(read.get(1, x, y)).isEqualTo(hole ? 0 : (1 + y) / 255f);
        assertThat(read.get(2, x, y)).isEqualTo(hole ? 0 : ((1 + y) * 7 + 3 + x) / 255f);
      }
    }
    float[] white = new float[18];
    java.util.Arrays.fill(white, 1);
    photo.writeHole(
        new ImagePlanes(3, new Size(2, 3), white), part, Mask.rectangle(2, 3, 0, 2, 1, 1));
    for (int i = 0; i < 42; i++) {
      boolean written = i % 7 == 3 && i / 7 == 3;
      assertThat(image.getRGB(i % 7, i / 7) & 0xFFFFFF)
          .isEqualTo(written ? 0xFFFFFF : 0x010000 * (i % 7) + 0x000100 * (i / 7) + i);
    }
  }

  /** Pixels of a palette image too, in each row and column of a part. */
  @Test
  void read_partOfAPalettePhoto_isThatPart() {
    BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_INDEXED);
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      image.setRGB(i % 5, i / 5, random.nextInt());
    }
    ImagePlanes read = Photo.of(image).read(new Bounds(1, 2, 3, 2), Mask.of(5, 4, (x, y) -> false));
    for (int i = 0; i < 6; i++) {
      int shown = image.getRGB(1 + i % 3, 2 + i / 3);
      for (int c = 0; c < 3; c++) {
        assertThat(read.get(c, i % 3, i / 3)).isEqualTo((shown >> (16 - 8 * c) & 255) / 255f);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_INDEXED
      })
  void copyOf_whole_orPartOfAnother_isAlikeAndApart(int type) {
    BufferedImage whole = new BufferedImage(6, 5, type);
    Random random = new Random(2);
    for (int i = 0; i < 30; i++) {
      whole.setRGB(i % 6, i / 6, random.nextInt());
    }
    for (BufferedImage image : new BufferedImage[] {whole, whole.getSubimage(2, 1, 3, 4)}) {
      BufferedImage copy = Photo.copyOf(image).image();
      assertThat(Size.of(copy)).isEqualTo(Size.of(image));
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          int before = image.getRGB(x, y);
          assertThat(copy.getRGB(x, y)).isEqualTo(before);
          copy.setRGB(x, y, ~before);
          assertThat(image.getRGB(x, y)).isEqualTo(before);
        }
      }
    }
  }

  @Test
  void copyOf_rgb_keepsTheType() {
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_4BYTE_ABGR, BufferedImage.TYPE_BYTE_GRAY
        }) {
      assertThat(Photo.copyOf(new BufferedImage(2, 1, type)).image().getType()).isEqualTo(type);
    }
  }

  @Test
  void withChannels_colourToGray_isTheLuma() {
    ImagePlanes colour = planes(1, 0.1f, 0, 0.2f, 0, 0.3f);
    ImagePlanes gray = Photo.withChannels(colour, 1);
    assertThat(gray.channels()).isEqualTo(1);
    assertThat(gray.size()).isEqualTo(new Size(2, 1));
    assertThat(gray.samples())
        .containsExactly(new float[] {0.299f, 0.0299f + 0.1174f + 0.0342f}, within(1e-6f));
    assertThat(Photo.withChannels(planes(0, 0, 1, 0, 0, 1), 1).samples())
        .containsExactly(new float[] {0.587f, 0.114f}, within(1e-6f));
  }

  @Test
  void withChannels_grayToColour_isThreeCopies() {
    ImagePlanes colour = Photo.withChannels(planes(0.25f, 0.75f), 3);
    assertThat(colour.channels()).isEqualTo(3);
    assertThat(colour.samples()).containsExactly(0.25f, 0.75f, 0.25f, 0.75f, 0.25f, 0.75f);
  }

  @Test
  void withChannels_asMany_isTheImageItself() {
    ImagePlanes gray = planes(0.25f, 0.75f);
    assertThat(Photo.withChannels(gray, 1)).isSameAs(gray);
    ImagePlanes colour = planes(1, 2, 3, 4, 5, 6);
    assertThat(Photo.withChannels(colour, 3)).isSameAs(colour);
  }

  @Test
  void toImage_isEightBitsOfEachPixel() {
    ImagePlanes colour =
        new ImagePlanes(
            3, new Size(2, 2), new float[] {0, 1, 0.2f, 2, 0, 0, 0.4f, -1, 1, 0, 0.6f, 0.5f});
    BufferedImage image = Photo.toImage(colour);
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
    assertThat(image.getRGB(0, 0, 2, 2, null, 0, 2))
        .containsExactly(0xFF0000FF, 0xFFFF0000, 0xFF336699, 0xFFFF0080);
    BufferedImage gray = Photo.toImage(planes(0.2f, 0.4f));
    assertThat(gray.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    Raster samples = gray.getRaster();
    assertThat(samples.getSamples(0, 0, 2, 1, 0, (int[]) null)).containsExactly(51, 102);
  }
}
