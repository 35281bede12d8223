package org.inpaint4j.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Writes the filled pictures of one partition, each as soon as it is filled, and tells what the
 * driver has to say of them: no bytes of pictures go there.
 */
final class WritePartition implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1;

  /** What a row tells. */
  static final String FAILED = "failed";

  static final String WARNING = "warning";
  static final String FILLED = "filled";
  static final String PIXELS = "pixels";

  /** Kind; the picture or the filler; a sentence; a number. */
  static final StructType SCHEMA =
      new StructType()
          .add("kind", DataTypes.StringType, false)
          .add("name", DataTypes.StringType, true)
          .add("message", DataTypes.StringType, true)
          .add("count", DataTypes.LongType, false);

  private final String folder;
  private final SerializableConfiguration hadoop;

  WritePartition(String folder, SerializableConfiguration hadoop) {
    this.folder = folder;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> pictures) throws IOException {
    WholeFiles files = new WholeFiles(new Path(folder), hadoop.value());
    String attempt = String.valueOf(TaskContext.get().taskAttemptId());
    List<Row> told = new ArrayList<>();
    Map<String, Long> pixels = new TreeMap<>();
    long filled = 0;
    while (pictures.hasNext()) {
      Row picture = pictures.next();
      String name = picture.getAs(FillColumns.PATH);
      String error = picture.getAs(FillColumns.ERROR);
      if (error == null) {
        error = write(picture, files, attempt);
      }
      if (error != null) {
        told.add(RowFactory.create(FAILED, name, error, 1L));
        continue;
      }
      filled++;
      for (String warning : picture.<String>getList(picture.fieldIndex(FillColumns.WARNINGS))) {
        told.add(RowFactory.create(WARNING, name, warning, 1L));
      }
      picture
          .<String, Integer>getJavaMap(picture.fieldIndex(FillColumns.FILLERS))
          .forEach((filler, count) -> pixels.merge(filler, (long) count, Long::sum));
    }
    pixels.forEach((filler, count) -> told.add(RowFactory.create(PIXELS, filler, null, count)));
    told.add(RowFactory.create(FILLED, null, null, filled));
    return told.iterator();
  }

  private static @Nullable String write(Row picture, WholeFiles files, String attempt) {
    try {
      files.write(
          new Path(picture.<String>getAs(FillPlan.RESULT)),
          picture.<byte[]>getAs(FillColumns.FILLED),
          attempt);
      return null;
    } catch (IOException e) {
      return FillPartition.sentence(e);
    }
  }
}
