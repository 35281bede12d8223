package org.inpaint4j.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.inpaint4j.InpaintOutcome;
import org.inpaint4j.Inpainter;

/** Fills the pictures of one partition, a batch at a time. */
final class FillPartition implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1;

  /** The pictures of a batch have hardly more pixels together, so that they fit into memory. */
  private static final long BATCH_PIXELS = 10_000_000;

  private final SparkFillOptions options;
  private final StructType input;
  private final SerializableConfiguration hadoop;

  FillPartition(SparkFillOptions options, StructType input, SerializableConfiguration hadoop) {
    this.options = options;
    this.input = input;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    TaskContext task = TaskContext.get();
    ExecutorShares.Lease<Inpainter> lease = ExecutorShares.borrow(options.inpainter());
    TaskCompletionListener giveBack = context -> lease.close();
    task.addTaskCompletionListener(giveBack);
    PictureReader reader = new PictureReader(options, input, hadoop.value());
    return new Batches(rows, reader, lease, task);
  }

  /** One row: read, and then filled unless there was an error. */
  private record Item(Row row, long seed, Optional<ReadPicture> picture, String error) {}

  private final class Batches implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final PictureReader reader;
    private final ExecutorShares.Lease<Inpainter> lease;
    private final TaskContext task;
    private final StructType made = FillColumns.result(input);
    private final List<Integer> kept = FillColumns.kept(input);
    private Iterator<Row> done = List.<Row>of().iterator();

    Batches(
        Iterator<Row> rows,
        PictureReader reader,
        ExecutorShares.Lease<Inpainter> lease,
        TaskContext task) {
      this.rows = rows;
      this.reader = reader;
      this.lease = lease;
      this.task = task;
    }

    @Override
    public boolean hasNext() {
      return done.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (!done.hasNext()) {
        done = fill(read()).iterator();
      }
      return done.next();
    }

    private List<Item> read() {
      List<Item> items = new ArrayList<>();
      int batch = options.batch() == 0 ? lease.value().batch() : options.batch();
      long pixels = 0;
      while (rows.hasNext() && items.size() < batch && pixels < BATCH_PIXELS) {
        Item item = read(rows.next());
        pixels += item.picture().map(picture -> picture.hole().size().pixels()).orElse(0);
        items.add(item);
      }
      return items;
    }

    private Item read(Row row) {
      long seed = reader.seed(row);
      try {
        return new Item(row, seed, Optional.of(reader.read(row)), "");
      } catch (IOException | RuntimeException e) {
        return new Item(row, seed, Optional.empty(), sentence(e));
      }
    }

    private List<Row> fill(List<Item> items) {
      List<InpaintOutcome> outcomes =
          lease
              .value()
              .inpaintAll(
                  items.stream()
                      .flatMap(
                          item ->
                              item.picture().stream()
                                  .map(picture -> picture.request().seed(item.seed())))
                      .map(request -> request.cancelWhen(task::isInterrupted))
                      .toList());
      Iterator<InpaintOutcome> outcome = outcomes.iterator();
      List<Row> results = new ArrayList<>();
      for (Item item : items) {
        FilledPicture filled =
            item.picture().isPresent()
                ? item.picture().get().filled(outcome.next(), options.format())
                : FilledPicture.failed(item.error());
        results.add(row(item, filled));
      }
      return results;
    }

    private Row row(Item item, FilledPicture filled) {
      List<Object> values = new ArrayList<>();
      kept.forEach(i -> values.add(item.row().get(i)));
      filled.addTo(values, item.seed());
      // With its columns: Spark hands rows from one typed operation to the next as they are.
      return new GenericRowWithSchema(values.toArray(), made);
    }
  }

  /** What is wrong with a picture, for the person whose picture it is. */
  static String sentence(Exception error) {
    return Optional.ofNullable(error.getMessage()).orElse(error.toString());
  }
}
