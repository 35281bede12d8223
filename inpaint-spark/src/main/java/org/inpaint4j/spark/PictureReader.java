package org.inpaint4j.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.inpaint4j.files.PictureException;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.jspecify.annotations.Nullable;

/** Reads the picture and the mask of a row: their bytes, or the files that it names. */
final class PictureReader {

  private final SparkFillOptions options;
  private final List<String> columns;
  private final Configuration hadoop;

  /** One mask may serve all pictures: the last one is kept. */
  private String lastMaskPath = "";

  private @Nullable Mask lastMask;

  PictureReader(SparkFillOptions options, StructType input, Configuration hadoop) {
    this.columns = List.of(input.fieldNames());
    this.options = options;
    this.hadoop = hadoop;
  }

  /** The seed of a row: its own, or that of the options. */
  long seed(Row row) {
    Long own = (Long) value(row, FillColumns.SEED);
    return own == null ? options.seed() : own;
  }

  /**
   * Reads what a row says.
   *
   * @throws IOException if the picture or the mask is missing or broken, or they do not fit
   *     together; the message is one sentence
   */
  ReadPicture read(Row row) throws IOException {
    String path = (String) value(row, FillColumns.PATH);
    if (path == null) {
      throw new PictureException("a picture must have a path: found none");
    }
    // The mask first: it is small once it is bits, and both pictures need not be held at once.
    String maskPath = (String) value(row, FillColumns.MASK_PATH);
    String maskName = maskPath == null ? "the mask of " + path : maskPath;
    Mask hole = mask(row, path, maskPath, maskName);
    byte[] content = (byte[]) value(row, FillColumns.CONTENT);
    PictureFile photo =
        picture("a photo", path, content == null ? bytes("a photo", path) : content);
    options.hole().check(hole, maskName, Size.of(photo.image()), path);
    photo.checkHolds(options.format());
    return new ReadPicture(photo, hole);
  }

  private Mask mask(Row row, String photo, @Nullable String path, String name) throws IOException {
    byte[] bytes = (byte[]) value(row, FillColumns.MASK);
    if (bytes != null) {
      return options.hole().read(picture("a mask", name, bytes).image(), name);
    }
    if (path == null) {
      throw new PictureException("a photo must have a mask: found none for " + photo);
    }
    Mask last = lastMask;
    if (last != null && path.equals(lastMaskPath)) {
      return last;
    }
    Mask read = options.hole().read(picture("a mask", path, bytes("a mask", path)).image(), path);
    lastMask = read;
    lastMaskPath = path;
    return read;
  }

  private static PictureFile picture(String what, String name, byte[] bytes)
      throws PictureException {
    return PictureFile.read(what, name, bytes);
  }

  private byte[] bytes(String what, String name) throws IOException {
    Path path = new Path(name);
    try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new PictureException(what + " must exist: found no file " + name);
    }
  }

  /**
   * The value of a column; null if there is no such column, or nothing in it. By its place: what
   * comes from another typed operation does not know its columns.
   */
  private @Nullable Object value(Row row, String column) {
    int place = columns.indexOf(column);
    return place < 0 ? null : row.get(place);
  }
}
