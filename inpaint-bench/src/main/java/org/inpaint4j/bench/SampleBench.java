package org.inpaint4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.inpaint4j.eval.metric.FeatureStatistics;
import org.inpaint4j.eval.metric.ImageFeatures;
import org.inpaint4j.model.Models;
import org.inpaint4j.network.Generator;
import org.jspecify.annotations.Nullable;

/**
 * How far what a model makes is from the images it was trained on: the Fréchet distance of features
 * of SqueezeNet. Prints one line.
 *
 * <p>Arguments:
 *
 * <ul>
 *   <li>{@code --model FILE}: the model;
 *   <li>{@code --data FOLDER|ZIP}: the images, of the model's size;
 *   <li>{@code --statistics FILE}: holds the statistics of the images. Read in place of the images
 *       if it exists, otherwise written;
 *   <li>{@code --count N}: how many images the model makes, 10,000 if not given;
 *   <li>{@code --seed N}: of their latents, 1 if not given.
 * </ul>
 */
public final class SampleBench {

  private static final List<String> OPTIONS =
      List.of("--model", "--data", "--statistics", "--count", "--seed");

  private SampleBench() {}

  /**
   * Prints the distance.
   *
   * @param args see above
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    try {
      System.out.println(measure(options(args)));
    } catch (IllegalArgumentException e) {
      System.err.println("bench samples: " + e.getMessage());
      System.exit(2);
    }
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
        throw new IllegalArgumentException(
            "arguments must be pairs of " + OPTIONS + " and a value: found " + args[i]);
      }
      options.put(args[i], args[i + 1]);
    }
    if (!options.containsKey("--model")) {
      throw new IllegalArgumentException("--model must be given: found none");
    }
    return options;
  }

  private static String measure(Map<String, String> options) throws IOException {
    Path model = Path.of(options.getOrDefault("--model", ""));
    int count = Integer.parseInt(options.getOrDefault("--count", "10000"));
    long seed = Long.parseLong(options.getOrDefault("--seed", "1"));
    ImageFeatures features = ImageFeatures.squeezeNet();
    Generator generator = Models.load(model).generator();
    FeatureStatistics images = images(options.get("--data"), options.get("--statistics"), features);
    FeatureStatistics samples =
        FeatureStatistics.ofSamples(generator, count, seed, features, progress("samples"));
    return String.format(
        Locale.ROOT,
        "%s of %,d samples (seed %d) of %s to %,d images: %.2f",
        features.distanceName(),
        samples.count(),
        seed,
        model.getFileName(),
        images.count(),
        samples.frechetDistance(images));
  }

  private static FeatureStatistics images(
      @Nullable String data, @Nullable String statistics, ImageFeatures features)
      throws IOException {
    if (statistics != null && Files.exists(Path.of(statistics))) {
      return FeatureStatistics.load(Path.of(statistics));
    }
    if (data == null) {
      throw new IllegalArgumentException("--data must be given: found no statistics to read");
    }
    FeatureStatistics images =
        FeatureStatistics.ofImages(Path.of(data), features, progress("images"));
    if (statistics != null) {
      images.save(Path.of(statistics));
    }
    return images;
  }

  private static IntConsumer progress(String what) {
    long start = System.nanoTime();
    return done -> {
      if (done % 1024 == 0) {
        System.err.printf("%d %s in %.0f s%n", done, what, (System.nanoTime() - start) / 1e9);
      }
    };
  }
}
