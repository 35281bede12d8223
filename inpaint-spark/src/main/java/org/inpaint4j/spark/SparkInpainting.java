package org.inpaint4j.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_extract;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Fills the pictures of a dataset on the executors of a Spark cluster.
 *
 * <pre>{@code
 * Dataset<Row> photos = spark.read().format("binaryFile").load("photos").select("path");
 * Dataset<Row> masks = spark.read().format("binaryFile").load("masks").select("path");
 * SparkInpainting.fill(SparkInpainting.pair(photos, masks), SparkFillOptions.automatic())
 *     .write().parquet("filled");
 * }</pre>
 *
 * <p>Each picture is filled by itself, with the seed of its row or of the options. So the bytes are
 * those of {@code ./inpaint fill} on one machine, whatever the partitions, the number of executors
 * and the order; for fillers that use ND4J, on processors of one kind with the same number of
 * threads.
 *
 * <p>A row whose picture cannot be filled has an {@code error}, and the others are filled all the
 * same. What concerns a machine and not a picture (no memory, no native library) fails the task,
 * which Spark tries again.
 *
 * <p>Not for a few pictures on one machine: {@code Inpainter.inpaintAll} does that without a
 * cluster.
 */
public final class SparkInpainting {

  /** The name of a file without folders and ending. */
  private static final String BASE_NAME = "([^/]*?)(\\.[^./]*)?$";

  private SparkInpainting() {}

  /**
   * Fills the pictures of a dataset. Nothing is done before Spark asks for the rows; each action
   * does it anew, unless the result is written or cached.
   *
   * @param pictures with the columns {@code path} (string); {@code content} (binary: the bytes of
   *     the file; without this column, the file at the path is read by the executor); {@code mask}
   *     (binary: the bytes of a picture file) or {@code maskPath} (string); and, if wanted, {@code
   *     seed} (bigint). For large pictures leave out the bytes: then only names travel.
   * @param options how to fill
   * @return the same rows in the same partitions, with all other columns of the dataset, then
   *     {@code filled} (binary: a file of the format of the options; null if there is an error),
   *     {@code seed}, {@code fillers} (map from a filler to the number of its pixels), {@code
   *     warnings} (array of sentences), {@code provenance} (map), and {@code error} (string: one
   *     sentence; null if the picture was filled)
   * @throws IllegalArgumentException if a column is missing or of another type, or has the name of
   *     one of the results
   */
  public static Dataset<Row> fill(Dataset<Row> pictures, SparkFillOptions options) {
    StructType input = pictures.schema();
    FillColumns.check(input);
    MapPartitionsFunction<Row, Row> fill =
        new FillPartition(
            options,
            input,
            new SerializableConfiguration(
                pictures.sparkSession().sparkContext().hadoopConfiguration()));
    return pictures.mapPartitions(fill, Encoders.row(FillColumns.result(input)));
  }

  /**
   * Gives each picture the mask of the same name, without folders and endings: {@code
   * photos/anna.jpg} has {@code masks/anna.png}. This shuffles all columns, so select {@code path}
   * alone before it if pictures are large.
   *
   * @param pictures with a column {@code path}
   * @param masks with a column {@code path}, and perhaps {@code content}; no two of one name
   * @return the rows of the pictures with the path of the mask and, if there is content, its bytes,
   *     in the columns that {@link #fill} reads; null where there is no mask
   */
  public static Dataset<Row> pair(Dataset<Row> pictures, Dataset<Row> masks) {
    String key = "inpaint4jBaseName";
    boolean bytes = Arrays.asList(masks.columns()).contains(FillColumns.CONTENT);
    Column path = col(FillColumns.PATH).as(FillColumns.MASK_PATH);
    Column name = baseName().as(key);
    Dataset<Row> byName =
        bytes
            ? masks.select(name, path, col(FillColumns.CONTENT).as(FillColumns.MASK))
            : masks.select(name, path);
    return pictures
        .withColumn(key, baseName())
        .join(byName, CollectionConverters.asScala(List.of(key)).toSeq(), "left")
        .drop(key);
  }

  private static Column baseName() {
    return regexp_extract(col(FillColumns.PATH), BASE_NAME, 1);
  }
}
