package org.inpaint4j.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureSetTest {

  @TempDir private Path folder;

  @Test
  void open_zipOfAMac_hasThePicturesAlone() throws IOException {
    Path zip = Files.write(folder.resolve("mac.zip"), Resources.bytes("mac.zip"));
    try (PictureSet set = PictureSet.open(zip, false)) {
      assertThat(set.names()).containsExactly("faces/0.PNG", "faces/1.png");
      assertThat(set.read("faces/1.png").image().getWidth()).isPositive();
    }
  }

  @Test
  void open_folder_hasAllFormatsWithoutHiddenFiles() throws IOException {
    for (String name : new String[] {"b.png", "a.webp", "c.TIF", "._b.png", "notes.txt"}) {
      Files.write(folder.resolve(name), Resources.bytes("photo.png"));
    }
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.write(inner.resolve("d.jpeg"), Resources.bytes("photo.png"));
    try (PictureSet set = PictureSet.open(folder, false)) {
      assertThat(set.names()).containsExactly("a.webp", "b.png", "c.TIF");
    }
    try (PictureSet set = PictureSet.open(folder, true)) {
      assertThat(set.names()).containsExactly("a.webp", "b.png", "c.TIF", "inner/d.jpeg");
    }
  }

  @Test
  void read_brokenPicture_isNamed() throws IOException {
    Files.write(folder.resolve("d.png"), Resources.bytes("cut.png"));
    try (PictureSet set = PictureSet.open(folder, false)) {
      assertThatThrownBy(() -> set.read("d.png"))
          .isInstanceOf(PictureException.class)
          .hasMessage("a picture must be a complete picture: d.png is broken (it ends too early)");
    }
  }

  @Test
  void open_neitherFolderNorZip_saysSo() throws IOException {
    Path text = Files.writeString(folder.resolve("a.zip"), "no zip");
    assertThatThrownBy(() -> PictureSet.open(text, false))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("pictures must be in a folder or a zip file");
    assertThatThrownBy(() -> PictureSet.open(folder.resolve("none"), false))
        .isInstanceOf(PictureException.class);
  }
}
