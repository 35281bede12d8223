package org.inpaint4j.eval.experiment;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.WholeFile;

/**
 * The output folder of a table: its rows, the traces of its losses and the filled pictures, which a
 * later run goes on from.
 */
final class TableFolder {

  private static final List<String> TRACE_HEADER =
      List.of("image", "mask", "method", "step", "loss");

  private final Path folder;
  private final TablePictures pictures;
  private final RowLog rowLog;
  private final RowLog traceLog;
  private final Map<ImageRow.Key, ImageRow> rows = new ConcurrentHashMap<>();

  private TableFolder(Path folder, long seed) throws IOException {
    this.folder = folder;
    this.pictures = new TablePictures(folder, seed);
    Files.createDirectories(folder);
    rowLog = new RowLog(folder.resolve("images.csv"), ImageRow.HEADER, ImageRow.LATER);
    traceLog = new RowLog(folder.resolve("traces.csv"), TRACE_HEADER);
    for (List<String> fields : rowLog.rows()) {
      ImageRow row = ImageRow.of(fields);
      if (Files.exists(pictures.picture(row.key()))) {
        rows.put(row.key(), row);
      }
    }
  }

  /**
   * Opens a folder, new or of the same experiment.
   *
   * @throws IOException if its rows were made with another seed, other images, other masks or
   *     another method
   */
  static TableFolder open(
      Path folder, TableImages images, List<MaskSource> masks, List<TableMethod> methods, long seed)
      throws IOException {
    TableFolder table = new TableFolder(folder, seed);
    table.checkSame(images, masks, methods);
    return table;
  }

  private void checkSame(TableImages images, List<MaskSource> masks, List<TableMethod> methods)
      throws IOException {
    Map<String, TableMethod> byName = new LinkedHashMap<>();
    methods.forEach(method -> byName.put(method.name(), method));
    Map<String, MaskSource> kinds = new LinkedHashMap<>();
    masks.forEach(kind -> kinds.put(kind.name(), kind));
    Map<String, String> crcs = new LinkedHashMap<>();
    Map<String, Size> sizes = new LinkedHashMap<>();
    // By the names of image and kind: all methods have the same holes.
    Table<String, String, String> holes = HashBasedTable.create();
    if (!rows.isEmpty()) {
      for (String name : images.plainNames()) {
        ImagePlanes image = images.image(name);
        crcs.put(name, crc(image));
        sizes.put(name, image.size());
      }
    }
    for (ImageRow row : rows.values()) {
      String plain = TableImages.plain(row.image());
      same("seed", pictures.seedOf(row.mask(), row.image()), row.seed());
      same("image " + plain, crcs.getOrDefault(plain, row.truthCrc()), row.truthCrc());
      MaskSource kind = kinds.get(row.mask());
      Size size = sizes.get(plain);
      if (kind != null && size != null && kind.covers(plain) && !row.maskCrc().isEmpty()) {
        String expected = holes.get(row.image(), row.mask());
        if (expected == null) {
          expected = crc(kind.maskOf(plain, size.width(), size.height(), row.seed()));
          holes.put(row.image(), row.mask(), expected);
        }
        same("mask " + row.mask() + " of " + row.image(), expected, row.maskCrc());
      }
      TableMethod method = byName.get(row.method());
      if (method != null && images.has(plain)) {
        same("method " + row.method(), method.identity(plain, row.mask()), row.identity());
      }
    }
  }

  private void same(String what, Object expected, Object found) throws IOException {
    if (!expected.equals(found)) {
      throw new IOException(
          "the output folder must hold the same experiment: expected the "
              + what
              + " to be "
              + expected
              + ", found "
              + found
              + " in "
              + folder);
    }
  }

  /** Of an image at 8 bits a sample. */
  static String crc(ImagePlanes image) {
    CRC32 crc = new CRC32();
    for (float sample : image.samples()) {
      crc.update(PictureFiles.level(sample));
    }
    return Long.toHexString(crc.getValue());
  }

  /** Of a hole. */
  static String crc(Mask hole) {
    CRC32 crc = new CRC32();
    crc.update(hole.holeBits().toByteArray());
    return Long.toHexString(crc.getValue());
  }

  /** What has been filled. */
  Map<ImageRow.Key, ImageRow> rows() {
    return rows;
  }

  /** Where the pictures are. */
  TablePictures pictures() {
    return pictures;
  }

  /** Keeps pictures, if they are not written yet, and rows. May be called by several threads. */
  void add(TableFilled filled) throws IOException {
    for (Map.Entry<String, byte[]> picture : filled.pictures().entrySet()) {
      Path file = folder.resolve(picture.getKey());
      Files.createDirectories(file.getParent());
      WholeFile.write(file, out -> out.write(picture.getValue()));
    }
    synchronized (this) {
      if (!filled.traces().isEmpty()) {
        traceLog.append(filled.traces());
      }
      rowLog.append(filled.rows());
      filled.rows().stream().map(ImageRow::of).forEach(row -> rows.put(row.key(), row));
    }
  }

  /** A filled image. */
  ImagePlanes filled(ImageRow.Key key) throws IOException {
    return pictures.filled(key);
  }

  /** A file of the table. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** How losses fell: steps and losses of each search. */
  Map<ImageRow.Key, List<double[]>> traces() throws IOException {
    Map<ImageRow.Key, List<double[]>> traces = new LinkedHashMap<>();
    for (List<String> row : traceLog.rows()) {
      List<double[]> trace =
          traces.computeIfAbsent(
              new ImageRow.Key(row.get(0), row.get(1), row.get(2)), key -> new ArrayList<>());
      double step = Double.parseDouble(row.get(3));
      // A trace written by a run that stopped before its row was begins again at step 0.
      if (step == 0) {
        trace.clear();
      }
      trace.add(new double[] {step, Double.parseDouble(row.get(4))});
    }
    return traces;
  }
}
