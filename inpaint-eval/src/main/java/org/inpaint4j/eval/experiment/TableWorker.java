package org.inpaint4j.eval.experiment;

import com.google.common.collect.Lists;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.metric.HoleMeasures;
import org.inpaint4j.eval.metric.ImageFeatures;
import org.inpaint4j.image.Internal;

/**
 * Does parts of a {@link TableExperiment}, wherever its images, its masks and its output folder can
 * be read.
 *
 * <p>May be used by several threads.
 */
@Internal
public final class TableWorker implements AutoCloseable {

  private final TableSetup setup;
  private final TableImages images;
  private final Map<String, TableMethod> methods = new LinkedHashMap<>();
  private final Map<String, MaskSource> masks = new LinkedHashMap<>();
  private final TablePictures pictures;
  private final HoleMeasures measures;
  private final TableBatch batches;

  TableWorker(TableSetup setup) throws IOException {
    this.setup = setup;
    this.images = setup.openImages();
    for (TableMethod method : setup.openMethods(images)) {
      methods.put(method.name(), method);
    }
    setup.masks().forEach(mask -> masks.put(mask.name(), mask));
    this.pictures = new TablePictures(setup.output(), setup.seed());
    this.measures = HoleMeasures.create();
    this.batches = new TableBatch(pictures, images, measures);
  }

  /**
   * The experiment that this belongs to.
   *
   * @return with the same methods
   */
  public TableExperiment experiment() {
    return new TableExperiment(setup);
  }

  /**
   * Where the pictures of the table are.
   *
   * @return the output folder
   */
  public Path output() {
    return setup.output();
  }

  /**
   * Fills and measures; nothing is written.
   *
   * @param part images that are one batch of each method
   * @return the rows and the pictures
   * @throws IOException if an image cannot be filled, or a file cannot be read; {@link
   *     java.io.InterruptedIOException} if the thread was interrupted
   */
  public TableFilled fill(TablePart part) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    List<List<String>> traces = new ArrayList<>();
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : part.methods()) {
      TableMethod method = Objects.requireNonNull(methods.get(name));
      TableFilled filled = batches.fill(part.images(), mask(part), method, false);
      rows.addAll(filled.rows());
      traces.addAll(filled.traces());
      files.putAll(filled.pictures());
    }
    return new TableFilled(rows, traces, files);
  }

  /**
   * Computes the features of pictures that are filled.
   *
   * @param part what was filled
   * @return the vectors; none if the experiment has no network for them
   * @throws IOException if a picture cannot be read
   */
  public TableVectors features(TablePart part) throws IOException {
    TableVectors vectors = TableVectors.none();
    ImageFeatures network = setup.features();
    if (network != null) {
      FeaturePass pass = new FeaturePass(network, pictures, images, setup.batchSize());
      for (List<ImageRow.Key> keys :
          Lists.transform(
              part.methods(),
              method ->
                  Lists.transform(
                      part.images(), image -> new ImageRow.Key(image, part.mask(), method)))) {
        pass.add(vectors, keys, mask(part));
      }
    }
    return vectors;
  }

  private MaskSource mask(TablePart part) {
    return Objects.requireNonNull(masks.get(part.mask()));
  }

  /** Closes the methods of the experiment too. */
  @Override
  public void close() {
    measures.close();
    setup.methods().forEach(FillMethod::close);
  }
}
