package org.inpaint4j.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.inpaint4j.image.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFileTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("org.inpaint4j.files.Resources#kinds")
  void read_eachKind_hasTheSamplesThatOtherReadersFind(Resources.Kind kind) throws IOException {
    PictureFile picture = Resources.picture("kinds/" + kind.name());
    BufferedImage image = picture.image();
    assertThat(image.getWidth()).isEqualTo(kind.width());
    assertThat(image.getHeight()).isEqualTo(kind.height());
    assertThat(image.getColorModel().hasAlpha()).isEqualTo(kind.channels() % 2 == 0);
    assertThat(image.getColorModel().getComponentSize(0)).isEqualTo(kind.bits());
    assertThat(Resources.samples(image)).isEqualTo(samplesOf(kind, image));
    assertThat(picture.format()).isEqualTo(PictureFormat.ofName(kind.name()));
  }

  /** A palette whose colours are all gray is gray. */
  private static byte[] samplesOf(Resources.Kind kind, BufferedImage image) {
    assertThat(image.getRaster().getNumBands()).isEqualTo(kind.channels());
    return kind.samples();
  }

  @Test
  void read_grayMask_hasTheHoleOfTheSameGraysInRgb() throws IOException {
    Mask gray = Mask.whiteIsHole(Resources.picture("soft.png").image());
    Mask rgb = Mask.whiteIsHole(Resources.picture("softrgb.png").image());
    assertThat(gray.holeCount()).isEqualTo(1005);
    assertThat(gray).isEqualTo(rgb);
    Mask black = Mask.blackIsHole(Resources.picture("soft.png").image());
    assertThat(black.holeCount()).isEqualTo(96 * 96 - 1005);
  }

  @Test
  void read_wideGamutJpeg_keepsSamplesAndProfile() throws IOException {
    PictureFile wide = Resources.picture("icc_wide.jpg");
    PictureFile plain = PictureFile.read(withoutProfile(Resources.bytes("icc_wide.jpg")));
    assertThat(Resources.samples(wide.image())).isEqualTo(Resources.samples(plain.image()));
    assertThat(wide.profile().orElseThrow()).hasSize(588);
    assertThat(plain.profile()).isEmpty();
  }

  private static byte[] withoutProfile(byte[] jpeg) {
    byte[] plain = jpeg.clone();
    String text = new String(jpeg, java.nio.charset.StandardCharsets.ISO_8859_1);
    // Another name of the segment: nobody knows that it is a profile.
    plain[text.indexOf("ICC_PROFILE")] = 'X';
    return plain;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "tif", "bmp"})
  void write_wideGamut_profileComesOut(String ending) throws IOException {
    PictureFile wide = Resources.picture("icc_wide.png");
    byte[] profile = wide.profile().orElseThrow();
    Path file = folder.resolve("a." + ending);
    wide.write(file);
    PictureFile again = PictureFile.read(file);
    assertThat(again.profile().orElseThrow()).isEqualTo(profile);
    if (!ending.equals("jpg")) {
      assertThat(Resources.samples(again.image())).isEqualTo(Resources.samples(wide.image()));
    }
  }

  @Test
  void read_turnedPngAndJpeg_areBothUpright() throws IOException {
    BufferedImage png = Resources.picture("ori6.png").image();
    BufferedImage jpeg = Resources.picture("ori6.jpg").image();
    assertThat(png.getWidth()).isEqualTo(80);
    assertThat(png.getHeight()).isEqualTo(100);
    assertClose(png, jpeg, 12);
    assertClose(Resources.picture("sq3.webp").image(), Resources.picture("sq3.jpg").image(), 12);
  }

  /** The same photo through JPEG: close on average. */
  private static void assertClose(BufferedImage first, BufferedImage second, double most) {
    byte[] a = Resources.samples(first);
    byte[] b = Resources.samples(second);
    assertThat(a).hasSameSizeAs(b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 255) - (b[i] & 255));
    }
    assertThat(sum / a.length).isLessThan(most);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut_ll.webp", "cut.png"})
  void read_cutFile_isRefusedInOneSentence(String name) {
    assertThatThrownBy(() -> Resources.picture(name))
        .isInstanceOf(PictureException.class)
        .hasMessage(
            "a picture must be a complete picture: the bytes is broken (it ends too early)");
  }

  @ParameterizedTest
  @MethodSource("org.inpaint4j.files.Resources#kinds")
  void read_fileCutAnywhere_isRefused(Resources.Kind kind) throws IOException {
    byte[] whole = Resources.bytes("kinds/" + kind.name());
    int last = kind.name().endsWith("gif") ? whole.length - 2 : whole.length - 5;
    for (int length = 1; length < last; length += 1 + whole.length / 60) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (kind.name().endsWith("tif") && isWholeWithoutTags(cut)) {
        continue;
      }
      assertThatThrownBy(() -> PictureFile.read(cut))
          .as("%s of %s bytes", length, whole.length)
          .isInstanceOf(PictureException.class);
    }
  }

  /** tifffile writes what nobody needs behind the samples. */
  private static boolean isWholeWithoutTags(byte[] cut) {
    try {
      Ifd ifd = Ifd.first(cut);
      Ifd.Field places = ifd.field(TiffReader.STRIP_OFFSETS);
      Ifd.Field lengths = ifd.field(TiffReader.STRIP_BYTES);
      return places != null
          && lengths != null
          && places.number(0) + lengths.number(0) <= cut.length;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void read_emptyMissingUnknownOrFolder_saysSo() throws IOException {
    Path empty = Files.createFile(folder.resolve("a.png"));
    Path text = Files.writeString(folder.resolve("b.png"), "not a picture");
    assertThatThrownBy(() -> PictureFile.read(empty)).hasMessageContaining("the empty file");
    assertThatThrownBy(() -> PictureFile.read(folder)).hasMessageContaining("found the folder");
    assertThatThrownBy(() -> PictureFile.read(folder.resolve("c.png")))
        .hasMessage("a picture must exist: found no file " + folder.resolve("c.png"));
    assertThatThrownBy(() -> PictureFile.read(text))
        .hasMessageContaining("a picture must be in a known format: expected one of bmp, dib, gif");
  }

  @ParameterizedTest
  @EnumSource(names = {"WEBP", "GIF"})
  void checkHolds_readOnlyFormats_areRefused(PictureFormat format) throws IOException {
    PictureFile photo = Resources.picture("photo.png");
    assertThatThrownBy(() -> photo.checkHolds(format))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("can only be read")
        .hasMessageContaining("write a .png instead");
    assertThatThrownBy(() -> photo.write(folder.resolve("a.gif"), format))
        .isInstanceOf(PictureException.class);
    assertThat(folder.resolve("a.gif")).doesNotExist();
  }

  @Test
  void checkHolds_tooManyBitsOrAlpha_areRefused() throws IOException {
    PictureFile rgba = Resources.picture("rgba.png");
    PictureFile wide = Resources.picture("gray16.png");
    assertThatThrownBy(() -> rgba.checkHolds(PictureFormat.JPEG))
        .hasMessageContaining("JPEG cannot hold transparency");
    assertThatThrownBy(() -> wide.checkHolds(PictureFormat.JPEG))
        .hasMessageContaining("JPEG cannot hold 16 bits");
    assertThatThrownBy(() -> wide.checkHolds(PictureFormat.BMP))
        .hasMessageContaining("BMP cannot hold 16 bits");
    rgba.checkHolds(PictureFormat.BMP);
    wide.checkHolds(PictureFormat.TIFF);
    PictureFile floats = PictureFile.of(new Layout(1, false, 4, false).create(3, 2));
    assertThatThrownBy(() -> floats.checkHolds(PictureFormat.PNG))
        .hasMessageContaining("PNG cannot hold floats");
  }

  @Test
  void losses_ofEachFormat_areToldAndNothingElse() throws IOException {
    PictureFile photo = Resources.picture("photo.png");
    assertThat(photo.losses(PictureFormat.PNG)).isEmpty();
    assertThat(photo.losses(PictureFormat.TIFF)).isEmpty();
    assertThat(photo.losses(PictureFormat.BMP)).isEmpty();
    assertThat(photo.losses(PictureFormat.JPEG))
        .containsExactly("JPEG changes all pixels a little; write a .png to keep them as they are");
    PictureFile camera = Resources.picture("kinds/rgb8-" + orientationOf("rgb8") + ".png");
    assertThat(camera.losses(PictureFormat.BMP))
        .containsExactly("BMP cannot hold EXIF or XMP data: it is left out");
  }

  private static String orientationOf(String kind) throws IOException {
    return Resources.kinds().stream()
        .map(Resources.Kind::name)
        .filter(name -> name.startsWith(kind + "-") && name.endsWith(".png"))
        .map(name -> name.substring(kind.length() + 1, kind.length() + 2))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void read_pathStreamAndBytes_areTheSame() throws IOException {
    byte[] bytes = Resources.bytes("photo.png");
    Path file = Files.write(folder.resolve("a"), bytes);
    byte[] expected = Resources.samples(PictureFile.read(bytes).image());
    assertThat(Resources.samples(PictureFile.read(file).image())).isEqualTo(expected);
    PictureFile streamed = PictureFile.read(new ByteArrayInputStream(bytes));
    assertThat(Resources.samples(streamed.image())).isEqualTo(expected);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    streamed.write(out, PictureFormat.TIFF);
    assertThat(out.toByteArray()).isEqualTo(streamed.toBytes(PictureFormat.TIFF));
    streamed.write(file, PictureFormat.TIFF);
    assertThat(file).hasBinaryContent(out.toByteArray());
  }

  @Test
  void fill_oneSentence_keepsTheFileAroundTheHole() throws IOException {
    Path photo = Files.write(folder.resolve("photo.png"), Resources.bytes("icc_wide.png"));
    Path result = folder.resolve("result.tif");
    Mask hole = Mask.rectangle(96, 96, 10, 20, 30, 40);
    PictureFile.read(photo)
        .fill(
            (image, mask) -> {
              image.getRaster().setSample(10, 20, 0, 7);
              return image;
            },
            hole)
        .write(result);
    PictureFile filled = PictureFile.read(result);
    assertThat(filled.profile()).isPresent();
    assertThat(filled.image().getRaster().getSample(10, 20, 0)).isEqualTo(7);
    assertThat(filled.image().getRaster().getSample(11, 20, 0))
        .isEqualTo(PictureFile.read(photo).image().getRaster().getSample(11, 20, 0));
  }

  @Test
  void withImage_grayInPlaceOfColour_leavesTheProfileOut() throws IOException {
    PictureFile wide = Resources.picture("icc_wide.png");
    PictureFile gray = wide.withImage(new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY));
    assertThat(gray.profile()).isEmpty();
    assertThat(gray.notes())
        .containsExactly(
            "its colour profile is left out: expected one for gray, found one for RGB");
    assertThat(wide.profile()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tif", "jpg", "bmp"})
  void write_resolution_comesOut(String ending) throws IOException {
    PictureFile camera = Resources.picture("kinds/rgb8-" + orientationOf("rgb8") + ".png");
    assertThat(camera.dotsPerInch().orElseThrow()).isEqualTo(300);
    Path file = folder.resolve("a." + ending);
    camera.write(file);
    assertThat(PictureFile.read(file).dotsPerInch().orElseThrow()).isEqualTo(300, within(0.01));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tif", "jpg"})
  void write_exif_comesOutUpright(String ending) throws IOException {
    PictureFile camera = Resources.picture("kinds/rgb8-" + orientationOf("rgb8") + ".png");
    Path file = folder.resolve("a." + ending);
    camera.write(file);
    PictureFile again = PictureFile.read(file);
    Ifd exif = Ifd.first(again.exif().orElseThrow());
    assertThat(Exif.orientation(exif)).isEqualTo(1);
    assertThat(text(exif.field(0x010F))).isEqualTo("Maker");
    assertThat(text(exif.children.get(Ifd.EXIF).field(0x9003))).isEqualTo("2024:05:06 07:08:09");
    assertThat(Resources.samples(again.image()).length)
        .isEqualTo(Resources.samples(camera.image()).length);
  }

  private static String text(Ifd.Field field) throws IOException {
    String text = new String(field.value(), java.nio.charset.StandardCharsets.US_ASCII);
    return text.substring(0, text.indexOf('\0'));
  }

  @Test
  void write_unknownEnding_isRefused() throws IOException {
    PictureFile photo = Resources.picture("photo.png");
    assertThatThrownBy(() -> photo.write(folder.resolve("a.txt")))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("expected one of bmp, dib, jfif");
  }
}
