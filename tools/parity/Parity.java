import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.LatentModel;
import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.eval.mask.MaskGenerator;
import org.inpaint4j.eval.metric.ImageMetric;
import org.inpaint4j.image.FillListener;
import org.inpaint4j.image.FillOutcome;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.LatentPath;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.StyleGan;
import org.inpaint4j.model.Weights;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.search.FoundLatent;
import org.inpaint4j.search.LatentSearch;
import org.inpaint4j.search.SearchOptions;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The side of this library in parity.py: computes from a file of tensors what the reference's code
 * computes from the same tensors, through the public interface.
 *
 * <pre>
 * java -cp CLASSPATH Parity.java compare DCGAN IN.safetensors OUT.safetensors
 * java -cp CLASSPATH Parity.java style WEIGHTS SIZE IN.safetensors OUT.safetensors
 * java -cp CLASSPATH Parity.java time DCGAN STEPS IN.safetensors
 * </pre>
 */
final class Parity {

  private final Weights in;
  private final Weights.Builder out = Weights.builder();

  private Parity(Weights in) {
    this.in = in;
  }

  public static void main(String[] arguments) throws IOException {
    System.setProperty("java.awt.headless", "true");
    List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
    switch (arguments[0]) {
      case "compare" -> {
        Parity parity = new Parity(Weights.load(Path.of(rest.get(1))));
        parity.compare(Weights.load(Path.of(rest.get(0))));
        parity.save(rest.get(2));
      }
      case "style" -> {
        Parity parity = new Parity(Weights.load(Path.of(rest.get(2))));
        parity.style(Weights.load(Path.of(rest.get(0))), Integer.parseInt(rest.get(1)));
        parity.save(rest.get(3));
      }
      case "time" -> {
        Parity parity = new Parity(Weights.load(Path.of(rest.get(2))));
        parity.time(Weights.load(Path.of(rest.get(0))), Integer.parseInt(rest.get(1)));
      }
      default -> throw new IllegalArgumentException("found " + arguments[0]);
    }
  }

  private void save(String file) throws IOException {
    out.build("parity").save(Path.of(file), Weights.Precision.FLOAT32);
  }

  private void compare(Weights dcgan) throws IOException {
    network("trained", dcgan, Dcgan.BatchNorm.TRAINED);
    network("batch", dcgan, Dcgan.BatchNorm.BATCH);
    importanceWeights();
    LatentModel model = Dcgan.model(Dcgan.generator(dcgan), Optional.of(Dcgan.discriminator(dcgan)));
    search("trained", Models.asInPaper(model));
    search("batch", Models.asInReference(model));
    metrics();
    masks();
    poisson();
  }

  private void network(String name, Weights dcgan, Dcgan.BatchNorm batchNorm) throws IOException {
    network(name, Dcgan.generator(dcgan, batchNorm), Dcgan.discriminator(dcgan, batchNorm), "z");
  }

  private void network(String name, Generator generator, Discriminator discriminator, String z) {
    SameDiff graph = SameDiff.create();
    SDVariable latent = graph.constant("latent", array(z));
    SDVariable images = generator.generate(graph, latent);
    SDVariable logits = discriminator.logits(graph, images);
    Map<String, INDArray> made = graph.output(Map.of(), images.name(), logits.name());
    put(name + ".images", made.get(images.name()));
    put(name + ".logits", made.get(logits.name()));
  }

  private void importanceWeights() {
    for (int window : new int[] {7, 28}) {
      String name = "weights" + window;
      int[] shape = in.shape(name + ".masks");
      float[] all = new float[shape[0] * shape[1] * shape[2]];
      for (int n = 0; n < shape[0]; n++) {
        float[] weights = mask(name + ".masks", n).importanceWeights(window);
        System.arraycopy(weights, 0, all, n * weights.length, weights.length);
      }
      out.put(name, shape, all);
    }
  }

  /** The losses and the latents of each step, of all images in one batch. */
  private void search(String name, LatentModel model) {
    int images = in.shape("search.z")[0];
    int steps = 6;
    int size = in.shape("search.z")[1];
    float[] latents = new float[steps * images * size];
    float[] losses = new float[2 * steps * images];
    SearchOptions options = model.search().toBuilder().steps(steps).build();
    List<FillTask> tasks = new ArrayList<>();
    for (int n = 0; n < images; n++) {
      int image = n;
      tasks.add(
          task(
              n,
              (start, step, loss, latent) ->
                  System.arraycopy(latent, 0, latents, (step * images + image) * size, size)));
    }
    try (LatentSearch search = search(model, options)) {
      List<FillOutcome> outcomes = search.fillAll(tasks);
      for (int n = 0; n < images; n++) {
        FoundLatent found = (FoundLatent) outcomes.get(n).fillings().get(0);
        for (int step = 0; step < steps; step++) {
          for (int term = 0; term < 2; term++) {
            losses[(term * steps + step) * images + n] = (float) found.trace().value(term, step);
          }
        }
      }
    }
    out.put(name + ".latents", new int[] {steps, images, size}, latents);
    out.put(name + ".losses", new int[] {2, steps, images}, losses);
  }

  private static LatentSearch search(LatentModel model, SearchOptions options) {
    return new LatentSearch(model.generator(), model.discriminator(), model.losses(), options, 0);
  }

  private FillTask task(int n, LatentPath.Listener listener) {
    List<Float> start = new ArrayList<>();
    int size = in.shape("search.z")[1];
    float[] z = in.values("search.z");
    for (int i = 0; i < size; i++) {
      start.add(z[n * size + i]);
    }
    Mask mask = mask("search.masks", n);
    return new FillTask(
        emptied(planes("search.images", n), mask),
        mask,
        0,
        1,
        FillListener.NONE,
        new LatentPath(List.of(start), Optional.ofNullable(listener)));
  }

  private void metrics() {
    int images = in.shape("metrics.truths")[0];
    ImageMetric[] metrics = {
      ImageMetric.REFERENCE_L1, ImageMetric.REFERENCE_PSNR, ImageMetric.REFERENCE_SSIM
    };
    float[] values = new float[metrics.length * images];
    for (int m = 0; m < metrics.length; m++) {
      for (int n = 0; n < images; n++) {
        values[m * images + n] =
            (float)
                metrics[m].of(
                    planes("metrics.truths", n),
                    planes("metrics.results", n),
                    mask("metrics.masks", n));
      }
    }
    out.put("metrics", new int[] {metrics.length, images}, values);
  }

  /** How often each pixel is in the hole, and the shares of the holes in their order. */
  private void masks() {
    int count = (int) in.values("masks.count")[0];
    float[] frequency = new float[64 * 64];
    float[] shares = new float[count];
    MaskGenerator generator = MaskGenerator.named("reference-rectangle");
    for (int n = 0; n < count; n++) {
      Mask mask = generator.generate(64, 64, n);
      BitSet hole = mask.holeBits();
      for (int i = hole.nextSetBit(0); i >= 0; i = hole.nextSetBit(i + 1)) {
        frequency[i] += 1f / count;
      }
      shares[n] = (float) mask.holeFraction();
    }
    Arrays.sort(shares);
    out.put("masks.frequency", new int[] {64, 64}, frequency);
    out.put("masks.shares", new int[] {count}, shares);
  }

  private void poisson() {
    int images = in.shape("poisson.targets")[0];
    float[] all = new float[in.values("poisson.targets").length];
    for (int n = 0; n < images; n++) {
      Mask mask = mask("poisson.masks", n);
      ImagePlanes blended =
          PoissonBlender.create()
              .blend(
                  emptied(planes("poisson.targets", n), mask), planes("poisson.sources", n), mask);
      System.arraycopy(
          blended.samples(), 0, all, n * blended.samples().length, blended.samples().length);
    }
    out.put("poisson", in.shape("poisson.targets"), all);
  }

  private void style(Weights weights, int size) throws IOException {
    StyleGan.Options options = new StyleGan.Options(size, StyleGan.Space.Z, 1, false);
    network(
        "style",
        StyleGan.generator(weights, options),
        StyleGan.discriminator(weights, size),
        "latent");
    out.put("trainedSize", new int[] {1}, new float[] {StyleGan.trainedSize(weights)});
  }

  /** Prints the seconds of a search and of the processor, and the loss that it found. */
  private void time(Weights dcgan, int steps) throws IOException {
    LatentModel model =
        Models.asInPaper(
            Dcgan.model(
                Dcgan.generator(dcgan), Optional.of(Dcgan.discriminator(dcgan))));
    SearchOptions options = model.search().toBuilder().steps(steps).build();
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    try (LatentSearch search = search(model, options)) {
      long processor = system.getProcessCpuTime();
      long wall = System.nanoTime();
      FoundLatent found = search.fill(task(0, null)).get(0);
      System.out.printf(
          "%.3f %.3f %.6f%n",
          (System.nanoTime() - wall) / 1e9,
          (system.getProcessCpuTime() - processor) / 1e9,
          found.loss());
    }
  }

  /** Image n of a tensor [N, 3, H, W]. */
  private ImagePlanes planes(String name, int n) {
    int[] shape = in.shape(name);
    int size = shape[1] * shape[2] * shape[3];
    return new ImagePlanes(
        shape[1],
        new Size(shape[3], shape[2]),
        Arrays.copyOfRange(in.values(name), n * size, (n + 1) * size));
  }

  /** Mask n of a tensor [N, H, W] that is 0 in the hole. */
  private Mask mask(String name, int n) {
    int[] shape = in.shape(name);
    float[] known = in.values(name);
    return Mask.of(
        shape[2], shape[1], (x, y) -> known[(n * shape[1] + y) * shape[2] + x] == 0);
  }

  private static ImagePlanes emptied(ImagePlanes image, Mask mask) {
    ImagePlanes known = image.copy();
    int pixels = mask.width() * mask.height();
    for (int i = 0; i < known.samples().length; i++) {
      int pixel = i % pixels;
      if (mask.isHole(pixel % mask.width(), pixel / mask.width())) {
        known.samples()[i] = 0;
      }
    }
    return known;
  }

  private INDArray array(String name) {
    long[] shape = Arrays.stream(in.shape(name)).asLongStream().toArray();
    return Nd4j.create(in.values(name), shape, 'c');
  }

  private void put(String name, INDArray array) {
    int[] shape = Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
    out.put(name, shape, array.dup('c').data().asFloat());
  }
}
