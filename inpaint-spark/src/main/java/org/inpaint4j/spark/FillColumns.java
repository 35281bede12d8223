package org.inpaint4j.spark;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that are read and those that are made. */
final class FillColumns {

  static final String PATH = "path";
  static final String CONTENT = "content";
  static final String MASK = "mask";
  static final String MASK_PATH = "maskPath";
  static final String SEED = "seed";
  static final String FILLED = "filled";
  static final String FILLERS = "fillers";
  static final String WARNINGS = "warnings";
  static final String PROVENANCE = "provenance";
  static final String ERROR = "error";

  /** Not kept: the bytes that were read, and the seed, which is among the results. */
  private static final Set<String> CONSUMED = Set.of(CONTENT, MASK, SEED);

  private static final DataType TEXT = DataTypes.StringType;

  private static final List<StructField> MADE =
      List.of(
          DataTypes.createStructField(FILLED, DataTypes.BinaryType, true),
          DataTypes.createStructField(SEED, DataTypes.LongType, false),
          DataTypes.createStructField(
              FILLERS, DataTypes.createMapType(TEXT, DataTypes.IntegerType, false), true),
          DataTypes.createStructField(WARNINGS, DataTypes.createArrayType(TEXT, false), false),
          DataTypes.createStructField(PROVENANCE, DataTypes.createMapType(TEXT, TEXT, false), true),
          DataTypes.createStructField(ERROR, TEXT, true));

  private FillColumns() {}

  /**
   * Checks what a dataset has.
   *
   * @throws IllegalArgumentException if a column is missing, of another type, or of a name that a
   *     result needs
   */
  static void check(StructType input) {
    List<String> names = Arrays.asList(input.fieldNames());
    checkArgument(names.contains(PATH), "a dataset must have a column %s: found %s", PATH, names);
    checkArgument(
        names.contains(MASK) || names.contains(MASK_PATH),
        "a dataset must have a column %s or %s: found %s",
        MASK,
        MASK_PATH,
        names);
    checkType(input, PATH, TEXT);
    checkType(input, CONTENT, DataTypes.BinaryType);
    checkType(input, MASK, DataTypes.BinaryType);
    checkType(input, MASK_PATH, TEXT);
    checkType(input, SEED, DataTypes.LongType);
    for (StructField made : MADE) {
      checkArgument(
          made.name().equals(SEED) || !names.contains(made.name()),
          "a dataset must not have a column of results: found %s",
          made.name());
    }
  }

  private static void checkType(StructType input, String name, DataType expected) {
    for (StructField field : input.fields()) {
      checkArgument(
          !field.name().equals(name) || field.dataType().sameType(expected),
          "the column %s must be of another type: expected %s, found %s",
          name,
          expected.simpleString(),
          field.dataType().simpleString());
    }
  }

  /** Where the columns are that come along unchanged. */
  static List<Integer> kept(StructType input) {
    List<String> names = Arrays.asList(input.fieldNames());
    return IntStream.range(0, names.size())
        .filter(i -> !CONSUMED.contains(names.get(i)))
        .boxed()
        .toList();
  }

  /** The columns of the result: what is kept, then what is made. */
  static StructType result(StructType input) {
    List<StructField> fields = new ArrayList<>();
    for (StructField field : input.fields()) {
      if (!CONSUMED.contains(field.name())) {
        fields.add(field);
      }
    }
    fields.addAll(MADE);
    return new StructType(fields.toArray(StructField[]::new));
  }
}
