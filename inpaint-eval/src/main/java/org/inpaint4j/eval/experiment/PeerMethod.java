package org.inpaint4j.eval.experiment;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.inpaint4j.eval.picture.KindFiles;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.ImagePlanes;

/**
 * The pictures of a folder as a column of a table: what another program filled, measured by the
 * same code. The known pixels are put back, so that only its hole counts.
 */
final class PeerMethod implements TableMethod {

  private final String name;
  private final Path folder;
  private final KindFiles files;

  /**
   * Looks into the folder.
   *
   * @param folder with {@code NAME.KIND.png} for each image and kind of mask
   * @throws IOException if it cannot be read
   */
  PeerMethod(String name, Path folder) throws IOException {
    this.name = FillMethod.checkedName(name);
    this.folder = folder;
    this.files = KindFiles.open(folder);
  }

  /**
   * Checks that there are the pictures of some images.
   *
   * @throws IOException if one is missing, or there are several
   */
  void checkHas(List<String> images, String kind) throws IOException {
    for (String image : images) {
      files.find(image, kind);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String identity(String image, String kind) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(Files.readAllBytes(files.find(image, kind)));
    return "picture crc32 " + Long.toHexString(crc.getValue());
  }

  @Override
  public String description() {
    return "pictures of the folder " + folder.getFileName() + ", known pixels put back";
  }

  @Override
  public boolean isConcurrent() {
    return false;
  }

  @Override
  public Fills fill(List<TableHole> holes) throws IOException {
    List<Fill> fills = new ArrayList<>();
    for (TableHole hole : holes) {
      fills.add(new Fill(picture(hole), List.of()));
    }
    return new Fills(fills, Double.NaN, Double.NaN);
  }

  private BufferedImage picture(TableHole hole) throws IOException {
    Path file = files.find(hole.image(), hole.kind());
    ImagePlanes found =
        PictureFiles.toPlanes(PictureFiles.read(Files.readAllBytes(file), file.toString()));
    ImagePlanes filled = hole.truth().copy();
    if (found.width() != filled.width() || found.height() != filled.height()) {
      throw new IOException(
          String.format(
              "the picture of a peer must be as large as the image: expected %dx%d, found %dx%d in"
                  + " %s",
              filled.width(), filled.height(), found.width(), found.height(), file));
    }
    int pixels = filled.width() * filled.height();
    for (int i = 0; i < filled.samples().length; i++) {
      int pixel = i % pixels;
      if (hole.mask().isHole(pixel % filled.width(), pixel / filled.width())) {
        filled.samples()[i] = found.samples()[i];
      }
    }
    return PictureFiles.toImage(filled);
  }
}
