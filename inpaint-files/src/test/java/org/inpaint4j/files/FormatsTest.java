package org.inpaint4j.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, read again by ourselves and by the readers that come with Java. */
class FormatsTest {

  record Case(Layout layout, PictureFormat format) {}

  static List<Case> cases() {
    List<Case> all = new java.util.ArrayList<>();
    for (int colors : new int[] {1, 3}) {
      for (boolean alpha : new boolean[] {false, true}) {
        for (int type :
            new int[] {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT, DataBuffer.TYPE_FLOAT}) {
          Layout layout = new Layout(colors, alpha, type, false);
          for (PictureFormat format :
              List.of(PictureFormat.PNG, PictureFormat.TIFF, PictureFormat.BMP)) {
            if (type == DataBuffer.TYPE_BYTE
                || format == PictureFormat.TIFF
                || (format == PictureFormat.PNG && type == DataBuffer.TYPE_USHORT)) {
              all.add(new Case(layout, format));
            }
          }
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void toBytes_eachLayout_isReadAgain(Case test) throws IOException {
    // Large enough for several blocks and strips.
    BufferedImage image = Resources.random(test.layout(), 211, 1300, 3);
    byte[] file = PictureFile.of(image).toBytes(test.format());
    BufferedImage again = PictureFile.read(file).image();
    boolean colored =
        test.format() == PictureFormat.BMP && test.layout().alpha() && test.layout().colors() == 1;
    double[] expected = image.getRaster().getPixels(0, 0, 211, 1300, (double[]) null);
    double[] found = again.getRaster().getPixels(0, 0, 211, 1300, (double[]) null);
    assertThat(found).isEqualTo(colored ? asColor(expected) : expected);
  }

  /** Bitmaps know no gray with alpha. */
  private static double[] asColor(double[] grays) {
    double[] colors = new double[2 * grays.length];
    for (int i = 0; i < grays.length; i += 2) {
      Arrays.fill(colors, 2 * i, 2 * i + 3, grays[i]);
      colors[2 * i + 3] = grays[i + 1];
    }
    return colors;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void toBytes_eachLayout_isReadByJava(Case test) throws IOException {
    // Java's reader of bitmaps does not know the fifth version of the header with masks of alpha.
    if (test.format() == PictureFormat.BMP && test.layout().alpha()) {
      return;
    }
    BufferedImage image = Resources.random(test.layout(), 23, 17, 4);
    byte[] file = PictureFile.of(image).toBytes(test.format());
    BufferedImage java = byJava(test.format(), file);
    double[] expected = image.getRaster().getPixels(0, 0, 23, 17, (double[]) null);
    if (java.getColorModel() instanceof java.awt.image.IndexColorModel palette) {
      assertThat(palette.getRed(77)).isEqualTo(77);
      assertThat(palette.getBlue(77)).isEqualTo(77);
    }
    assertThat(java.getRaster().getPixels(0, 0, 23, 17, (double[]) null)).isEqualTo(expected);
  }

  private static BufferedImage byJava(PictureFormat format, byte[] file) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith("com.sun.")) {
        try (ImageInputStream stream =
            new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
          reader.setInput(stream);
          return reader.read(0);
        } finally {
          reader.dispose();
        }
      }
    }
    throw new IOException("no reader of " + format);
  }

  @Test
  void toBytes_bitmapWithAlpha_hasTheBytesOfItsHeader() throws IOException {
    BufferedImage image = Layout.bytes(3, true).create(1, 1);
    image.getRaster().setPixel(0, 0, new int[] {10, 20, 30, 40});
    byte[] file = PictureFile.of(image).toBytes(PictureFormat.BMP);
    Bytes bytes = new Bytes(file, true);
    assertThat(file).hasSize(14 + 124 + 4);
    assertThat(bytes.u32(14)).isEqualTo(124);
    assertThat(bytes.u16(28)).isEqualTo(32);
    assertThat(bytes.u32(30)).as("masks").isEqualTo(3);
    assertThat(bytes.u32(54)).isEqualTo(0xFF0000);
    assertThat(bytes.u32(66)).isEqualTo(0xFF000000L);
    assertThat(Arrays.copyOfRange(file, 138, 142)).isEqualTo(new byte[] {30, 20, 10, 40});
  }

  @Test
  void toBytes_tiff_isClassic() throws IOException {
    byte[] file = Resources.picture("photo.png").toBytes(PictureFormat.TIFF);
    assertThat(Arrays.copyOf(file, 4)).isEqualTo(new byte[] {'I', 'I', 42, 0});
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void read_tiffOfIntsWithoutSign_hasSixteenBitsFromBlackToWhite(int bands) throws IOException {
    long[] levels = {0, 0x7FFF_FFFFL, 0x8000_8000L, 0xFFFF_FFFFL};
    int length = 4 * bands * levels.length;
    Ifd ifd = new Ifd(true);
    ifd.putNumbers(TiffReader.WIDTH, Ifd.LONG, levels.length);
    ifd.putNumbers(TiffReader.HEIGHT, Ifd.LONG, 1);
    long[] bits = new long[bands];
    Arrays.fill(bits, 32);
    ifd.putNumbers(TiffReader.BITS, Ifd.SHORT, bits);
    ifd.putNumbers(259, Ifd.SHORT, 1); // not compressed
    ifd.putNumbers(TiffReader.PHOTOMETRIC, Ifd.SHORT, bands == 1 ? 1 : 2);
    ifd.putNumbers(TiffReader.SAMPLES, Ifd.SHORT, bands);
    ifd.putNumbers(278, Ifd.LONG, 1); // rows of a strip
    ifd.putNumbers(TiffReader.STRIP_BYTES, Ifd.LONG, length);
    ifd.putNumbers(TiffReader.STRIP_OFFSETS, Ifd.LONG, 0);
    int start = 8 + (int) ifd.size();
    ifd.putNumbers(TiffReader.STRIP_OFFSETS, Ifd.LONG, start);
    ByteBuffer file = ByteBuffer.allocate(start + length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    ifd.write(file, 0);
    int[] expected = new int[bands * levels.length];
    int to = 0;
    for (long level : levels) {
      for (int b = 0; b < bands; b++) {
        file.putInt((int) level);
        expected[to++] = (int) Math.rint(level * 65535.0 / 0xFFFF_FFFFL);
      }
    }
    BufferedImage image = PictureFile.read(file.array()).image();
    assertThat(image.getRaster().getPixels(0, 0, levels.length, 1, (int[]) null))
        .containsExactly(expected);
  }

  @Test
  void read_gifSmallerThanItsScreen_isAsLargeAsTheScreen() throws IOException {
    BufferedImage small = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    small.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {10, 20, 30});
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(small, "gif", bytes)).isTrue();
    byte[] file = bytes.toByteArray();
    Bytes gif = new Bytes(file, true);
    // The screen stands at byte 6; the place of the picture before its size of 3x1.
    ByteBuffer changed = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(changed.getShort(6)).isEqualTo((short) 3);
    changed.putShort(6, (short) 5).putShort(8, (short) 3);
    int at = 13 + (3 << ((file[10] & 7) + 1));
    while (!gif.startsWith(at, ",\0\0\0\0\3\0\1\0")) {
      at++;
    }
    changed.putShort(at + 1, (short) 1).putShort(at + 3, (short) 2);
    BufferedImage screen = PictureFile.read(file).image();
    assertThat(screen.getWidth()).isEqualTo(5);
    assertThat(screen.getRaster().getSamples(0, 0, 5, 3, 0, (int[]) null))
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 20, 30, 0);
    assertThat(screen.getRaster().getSamples(0, 0, 5, 3, 1, (int[]) null))
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 0);
  }

  /** An entry of a directory of a BigTIFF file, with up to 8 bytes in it. */
  private static void putField(ByteBuffer file, int tag, int type, long count, long value) {
    file.putShort((short) tag).putShort((short) type).putLong(count).putLong(value);
  }

  @Test
  void read_bigTiff_isUprightAndHasExifDataAndResolution() throws IOException {
    int fields = 13;
    int data = 16 + 8 + 20 * fields + 8;
    int child = data + 6;
    ByteBuffer file = ByteBuffer.allocate(child + 8 + 20 + 8).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'I').put((byte) 'I').putShort((short) 43).putShort((short) 8);
    file.putShort((short) 0).putLong(16).putLong(fields);
    putField(file, TiffReader.WIDTH, Ifd.LONG, 1, 3);
    putField(file, TiffReader.HEIGHT, Ifd.LONG, 1, 2);
    putField(file, TiffReader.BITS, Ifd.SHORT, 1, 8);
    putField(file, 259, Ifd.SHORT, 1, 1); // not compressed
    putField(file, TiffReader.PHOTOMETRIC, Ifd.SHORT, 1, 1);
    putField(file, 0x010F, Ifd.ASCII, 6, 0x0072_656B_614DL); // the word Maker
    putField(file, TiffReader.STRIP_OFFSETS, 16, 1, data);
    putField(file, Exif.ORIENTATION, Ifd.SHORT, 1, 6);
    putField(file, TiffReader.SAMPLES, Ifd.SHORT, 1, 1);
    putField(file, TiffReader.STRIP_BYTES, 16, 1, 6);
    putField(file, Exif.X_RESOLUTION, Ifd.RATIONAL, 1, 300L | 1L << 32);
    putField(file, Exif.Y_RESOLUTION, Ifd.RATIONAL, 1, 300L | 1L << 32);
    putField(file, Ifd.EXIF, 18, 1, child);
    file.putLong(0).put(new byte[] {1, 2, 3, 4, 5, 6}).putLong(1);
    putField(file, 0xA001, Ifd.SHORT, 1, 1); // the colour space is sRGB
    PictureFile picture = PictureFile.read(file.array());
    assertThat(picture.image().getWidth()).isEqualTo(2);
    assertThat(Resources.samples(picture.image())).isEqualTo(new byte[] {4, 1, 5, 2, 6, 3});
    assertThat(picture.dotsPerInch()).contains(300.0);
    Ifd exif = Ifd.first(picture.exif().orElseThrow());
    assertThat(exif.field(0x010F).value()).isEqualTo(new byte[] {'M', 'a', 'k', 'e', 'r', 0});
    assertThat(exif.children.get(Ifd.EXIF).number(0xA001, 0)).isEqualTo(1);
    byte[] cut = Arrays.copyOf(file.array(), data + 3);
    assertThatThrownBy(() -> PictureFile.read(cut)).isInstanceOf(PictureException.class);
  }

  @Test
  void toBytes_samePicture_sameBytes() throws IOException {
    BufferedImage image = Resources.random(Layout.bytes(3, false), 900, 1400, 5);
    byte[] first = PictureFile.of(image).toBytes(PictureFormat.PNG);
    assertThat(PictureFile.of(image).toBytes(PictureFormat.PNG)).isEqualTo(first);
  }

  @Test
  void toBytes_jpeg_hasEveryColourAtFullSize() throws IOException {
    BufferedImage stripes = Layout.bytes(3, false).create(16, 16);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        // One column red, the next blue: with halved colours both become violet.
        stripes
            .getRaster()
            .setPixel(x, y, x % 2 == 0 ? new int[] {220, 30, 30} : new int[] {30, 30, 220});
      }
    }
    BufferedImage again =
        PictureFile.read(PictureFile.of(stripes).toBytes(PictureFormat.JPEG)).image();
    for (int x = 0; x < 16; x++) {
      int[] pixel = again.getRaster().getPixel(x, 8, (int[]) null);
      assertThat(Math.abs(pixel[0] - (x % 2 == 0 ? 220 : 30))).isLessThan(25);
      assertThat(Math.abs(pixel[2] - (x % 2 == 0 ? 30 : 220))).isLessThan(25);
    }
  }

  @Test
  void of_otherPictures_keepTheirSamples() {
    BufferedImage packed = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    packed.setRGB(0, 0, 0x40102030);
    packed.setRGB(1, 0, 0xFFFF0080);
    assertThat(Resources.samples(PictureFile.of(packed).image()))
        .isEqualTo(new byte[] {16, 32, 48, 64, -1, 0, -128, -1});
    BufferedImage five = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_565_RGB);
    five.getRaster().setPixel(0, 0, new int[] {31, 32, 0});
    assertThat(Resources.samples(PictureFile.of(five).image()))
        .isEqualTo(new byte[] {-1, (byte) 130, 0});
    BufferedImage part = Resources.random(Layout.bytes(3, false), 5, 4, 1).getSubimage(1, 1, 3, 2);
    assertThat(Resources.samples(PictureFile.of(part).image())).isEqualTo(Resources.samples(part));
  }

  @Test
  void write_premultiplied_isDividedForPngAndKeptForTiff() throws IOException {
    BufferedImage image = new Layout(1, true, DataBuffer.TYPE_BYTE, true).create(1, 1);
    image.getRaster().setPixel(0, 0, new int[] {50, 100});
    PictureFile picture = PictureFile.of(image);
    assertThat(picture.losses(PictureFormat.PNG)).hasSize(1);
    byte[] png = picture.toBytes(PictureFormat.PNG);
    // 50 / (100 / 255), rounded.
    assertThat(Resources.samples(PictureFile.read(png).image()))
        .isEqualTo(new byte[] {(byte) 128, 100});
    byte[] tiff = picture.toBytes(PictureFormat.TIFF);
    assertThat(Resources.samples(PictureFile.read(tiff).image())).isEqualTo(new byte[] {50, 100});
  }

  @Test
  void read_pngWithoutPalette_isRefused() throws IOException {
    byte[] file = Resources.bytes("photo.png");
    byte[] headerless = Arrays.copyOf(file, 33);
    assertThatThrownBy(() -> PictureFile.read(headerless)).isInstanceOf(PictureException.class);
  }

  /** Blocks are compressed with or without looking for repetitions, whichever suits them. */
  @Test
  void toBytes_asPng_findsRepetitionsButDoesNotLookForThemInGrain() throws IOException {
    Layout layout = Layout.bytes(3, false);
    BufferedImage grain = Resources.random(layout, 300, 1300, 5);
    BufferedImage tiles = layout.create(300, 1300);
    tiles.setData(grain.getData());
    for (int x = 30; x < 300; x += 30) {
      tiles.getRaster().setRect(x, 0, grain.getData(new java.awt.Rectangle(0, 0, 30, 1300)));
    }
    int samples = 3 * 300 * 1300;
    byte[] repeated = PictureFile.of(tiles).toBytes(PictureFormat.PNG);
    assertThat(repeated.length).isLessThan(samples / 4);
    assertThat(PictureFile.of(grain).toBytes(PictureFormat.PNG).length)
        .isBetween(samples, samples + samples / 100);
    assertThat(
            PictureFile.read(repeated).image().getRaster().getPixels(0, 0, 300, 1300, (int[]) null))
        .isEqualTo(tiles.getRaster().getPixels(0, 0, 300, 1300, (int[]) null));
  }
}
