package org.inpaint4j.spark;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inpaint4j.files.PictureFormat;

/**
 * What is to be done with a folder of photos: the same files by the same rules as {@code inpaint
 * fill}. Only names are read, on the driver.
 *
 * @param rows a photo, its mask (null if there is none) and where its result goes, by {@link
 *     #SCHEMA}
 * @param skipped how many results were there
 */
record FillPlan(List<Row> rows, int skipped) {

  /** Where the result of a photo goes. */
  static final String RESULT = "result";

  static final StructType SCHEMA =
      new StructType()
          .add(FillColumns.PATH, DataTypes.StringType, false)
          .add(FillColumns.MASK_PATH, DataTypes.StringType, true)
          .add(RESULT, DataTypes.StringType, false);

  /**
   * Finds out what is to be done, and makes the folder of results.
   *
   * @param images the folder of photos
   * @param masks a mask for all of them, or a folder with one for each
   * @param results the folder of results
   * @param resume whether to leave out photos whose results are there
   * @throws IllegalArgumentException if the folders cannot be used
   */
  static FillPlan of(Path images, Path masks, Path results, boolean resume, Configuration hadoop)
      throws IOException {
    Map<String, Path> photos = byName("--in", images, hadoop);
    checkArgument(!photos.isEmpty(), "--in must be a folder with photos: found none in %s", images);
    FileStatus mask = status("--masks", masks, hadoop);
    Map<String, Path> maskOf = mask.isDirectory() ? byName("--masks", masks, hadoop) : Map.of();
    FileSystem files = WholeFiles.files(results, hadoop);
    Path out = files.makeQualified(results);
    checkArgument(
        !out.equals(qualified(images, hadoop)) && !out.equals(qualified(masks, hadoop)),
        "--out must not be one of the inputs: found %s",
        results);
    checkArgument(files.mkdirs(results), "--out must be a folder: could not make %s", results);
    Map<String, Path> there = resume ? byName("--out", results, hadoop) : Map.of();
    List<Row> rows = new ArrayList<>();
    int skipped = 0;
    for (Map.Entry<String, Path> photo : photos.entrySet()) {
      String name = photo.getKey();
      Path own = mask.isDirectory() ? maskOf.get(name) : mask.getPath();
      Path result = new Path(out, name + ".png");
      if (result.equals(there.get(name))) {
        skipped++;
      } else {
        rows.add(
            RowFactory.create(
                photo.getValue().toString(),
                own == null ? null : own.toString(),
                result.toString()));
      }
    }
    return new FillPlan(rows, skipped);
  }

  private static Path qualified(Path path, Configuration hadoop) throws IOException {
    return path.getFileSystem(hadoop).makeQualified(path);
  }

  private static FileStatus status(String option, Path path, Configuration hadoop)
      throws IOException {
    try {
      return path.getFileSystem(hadoop).getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException(
          option + " must exist: found no file or folder " + path, e);
    }
  }

  /** The pictures of a folder by their names without endings, without subfolders. */
  private static Map<String, Path> byName(String option, Path folder, Configuration hadoop)
      throws IOException {
    checkArgument(
        status(option, folder, hadoop).isDirectory(),
        "%s must be a folder: found %s",
        option,
        folder);
    Map<String, Path> byName = new TreeMap<>();
    RemoteIterator<FileStatus> entries = folder.getFileSystem(hadoop).listStatusIterator(folder);
    while (entries.hasNext()) {
      FileStatus entry = entries.next();
      String name = entry.getPath().getName();
      if (entry.isFile() && !name.startsWith(".") && PictureFormat.ofName(name).isPresent()) {
        Path other = byName.put(name.substring(0, name.lastIndexOf('.')), entry.getPath());
        checkArgument(
            other == null,
            "the pictures of a folder must differ in more than their endings: found %s and %s",
            entry.getPath(),
            other);
      }
    }
    return byName;
  }
}
