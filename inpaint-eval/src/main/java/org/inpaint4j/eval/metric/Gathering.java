package org.inpaint4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.inpaint4j.eval.picture.ImageSource;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.graph.Engine;
import org.inpaint4j.graph.GraphPlan;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Seeds;
import org.inpaint4j.image.Size;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.ValueRange;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** Statistics of many images, of which only a batch is in memory at a time. */
final class Gathering {

  private static final int BATCH = 16;
  private static final String LATENTS = "z";

  private final ImageFeatures features;
  private final IntConsumer progress;
  private final List<ImagePlanes> waiting = new ArrayList<>();
  private FeatureStatistics statistics = FeatureStatistics.create(1);

  private Gathering(ImageFeatures features, IntConsumer progress) {
    this.features = features;
    this.progress = progress;
  }

  static FeatureStatistics ofImages(Path path, ImageFeatures features, IntConsumer progress)
      throws IOException {
    ImageSource source = ImageSource.read(path, Integer.MAX_VALUE);
    Gathering gathering = new Gathering(features, progress);
    for (int i = 0; i < source.size(); i++) {
      gathering.add(source.image(i));
    }
    return gathering.end();
  }

  static FeatureStatistics ofSamples(
      Generator generator, int count, long seed, ImageFeatures features, IntConsumer progress) {
    checkArgument(count > 0, "the number of samples must be positive: found %s", count);
    Gathering gathering = new Gathering(features, progress);
    int size = generator.latentSpace().size();
    ImageShape shape = generator.imageShape();
    int samples = shape.channels() * shape.height() * shape.width();
    float[] latents = new float[BATCH * size];
    float[] images = new float[BATCH * samples];
    SameDiff graph = Engine.newGraph();
    SDVariable latent = graph.placeHolder(LATENTS, DataType.FLOAT, BATCH, size);
    String made = generator.generate(graph, latent).name();
    try (GraphPlan plan =
        GraphPlan.trainable(graph, List.of(Set.of(LATENTS)), Map.of(), Set.of(made))) {
      for (int from = 0; from < count; from += BATCH) {
        for (int n = 0; n < BATCH; n++) {
          float[] one = new float[size];
          generator.latentSpace().prior().draw(Seeds.random(Seeds.combine(seed, from + n)), one);
          System.arraycopy(one, 0, latents, n * size, size);
        }
        plan.set(LATENTS, latents, 0);
        plan.run(0);
        plan.get(made, images, 0);
        for (int n = 0; n < Math.min(BATCH, count - from); n++) {
          gathering.add(picture(images, n * samples, shape, generator.valueRange()));
        }
      }
    }
    return gathering.end();
  }

  /** An image rounded to 8 bits a sample, like the images that it is compared to. */
  private static ImagePlanes picture(float[] images, int from, ImageShape shape, ValueRange range) {
    ImagePlanes picture =
        ImagePlanes.zeros(shape.channels(), new Size(shape.width(), shape.height()));
    float[] samples = picture.samples();
    double span = range.white() - range.black();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = PictureFiles.level((float) ((images[from + i] - range.black()) / span)) / 255f;
    }
    return picture;
  }

  private void add(ImagePlanes image) {
    waiting.add(image);
    if (waiting.size() == BATCH) {
      flush();
    }
  }

  private void flush() {
    for (float[] vector : features.of(waiting)) {
      if (statistics.count() == 0) {
        statistics = FeatureStatistics.create(vector.length);
      }
      statistics.add(vector);
    }
    waiting.clear();
    progress.accept((int) statistics.count());
  }

  private FeatureStatistics end() {
    if (!waiting.isEmpty()) {
      flush();
    }
    return statistics;
  }
}
