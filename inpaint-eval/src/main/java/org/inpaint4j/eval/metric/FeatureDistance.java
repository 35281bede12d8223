package org.inpaint4j.eval.metric;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.SqueezeNet;
import org.inpaint4j.model.Weights;

/**
 * The distance of the features of two pictures in a hole.
 *
 * <p>At each position of a layer both vectors of channels are divided by their length (plus 1e-8).
 * The squared distance of the two, from 0 to 2, is averaged over the layer with the share of the
 * hole in each cell as weight; the distance is the mean over the layers.
 */
final class FeatureDistance implements AutoCloseable {

  /** Below this the last pooling has nothing to take. */
  private static final int SMALLEST = 15;

  /**
   * The pixels of the plans that are kept, the last ones used; each is of one size. A plan takes
   * about 1.2 kB a pixel.
   */
  private static final int MOST_PIXELS = 1 << 18;

  /** The pixels that take as much as a plan's copy of the weights. */
  private static final int WEIGHTS = 2500;

  private final SqueezeNet network;
  private final Map<Size, SqueezeLayers> plans = new LinkedHashMap<>(16, 0.75f, true);

  FeatureDistance(Weights squeezeNet) throws ModelFormatException {
    network = SqueezeNet.of(squeezeNet);
  }

  String identity() {
    return network.identity();
  }

  /** The distance; NaN for a crop that is too small for the network. */
  synchronized double between(HoleCrop a, HoleCrop b, HolePixels hole) {
    Size size = hole.size();
    if (Math.min(size.width(), size.height()) < SMALLEST) {
      return Double.NaN;
    }
    SqueezeLayers plan = plan(size);
    List<float[]> first = plan.run(a);
    List<float[]> second = plan.run(b);
    double sum = 0;
    for (int i = 0; i < first.size(); i++) {
      float[] weights = shares(hole, plan.sizes().get(i));
      sum += between(first.get(i), second.get(i), weights);
    }
    return sum / first.size();
  }

  private SqueezeLayers plan(Size size) {
    SqueezeLayers plan = plans.get(size);
    if (plan == null) {
      makeRoom(cost(size));
      plan = new SqueezeLayers(network, size);
      plans.put(size, plan);
    }
    return plan;
  }

  private static int cost(Size size) {
    return size.pixels() + WEIGHTS;
  }

  /** Closes the plans that were not used for the longest time. */
  private void makeRoom(int cost) {
    int kept = plans.keySet().stream().mapToInt(FeatureDistance::cost).sum();
    Iterator<Map.Entry<Size, SqueezeLayers>> oldest = plans.entrySet().iterator();
    while (kept + cost > MOST_PIXELS && oldest.hasNext()) {
      Map.Entry<Size, SqueezeLayers> plan = oldest.next();
      kept -= cost(plan.getKey());
      plan.getValue().close();
      oldest.remove();
    }
  }

  /**
   * The distance of one layer.
   *
   * @param a activations [C, h, w], not negative. Not modified.
   * @param b as a
   * @param weights [h, w], not all zero
   */
  private static double between(float[] a, float[] b, float[] weights) {
    int cells = weights.length;
    double[] aa = new double[cells];
    double[] bb = new double[cells];
    double[] ab = new double[cells];
    for (int from = 0; from < a.length; from += cells) {
      for (int i = 0; i < cells; i++) {
        double x = a[from + i];
        double y = b[from + i];
        aa[i] += x * x;
        bb[i] += y * y;
        ab[i] += x * y;
      }
    }
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < cells; i++) {
      double na = Math.sqrt(aa[i]) + 1e-8;
      double nb = Math.sqrt(bb[i]) + 1e-8;
      double squared = aa[i] / (na * na) + bb[i] / (nb * nb) - 2 * ab[i] / (na * nb);
      sum += weights[i] * Math.max(0, squared);
      weight += weights[i];
    }
    return sum / weight;
  }

  /**
   * The share of the hole in each cell: cell i of h covers the rows from floor(i H / h) up to but
   * without ceil((i + 1) H / h).
   */
  static float[] shares(HolePixels hole, Size cells) {
    int width = hole.size().width();
    int height = hole.size().height();
    float[] shares = new float[cells.pixels()];
    for (int cy = 0, i = 0; cy < cells.height(); cy++) {
      int top = cy * height / cells.height();
      int bottom = ((cy + 1) * height + cells.height() - 1) / cells.height();
      for (int cx = 0; cx < cells.width(); cx++, i++) {
        int left = cx * width / cells.width();
        int right = ((cx + 1) * width + cells.width() - 1) / cells.width();
        int count = 0;
        for (int y = top; y < bottom; y++) {
          for (int x = left; x < right; x++) {
            count += hole.has(x, y) ? 1 : 0;
          }
        }
        shares[i] = (float) count / ((bottom - top) * (right - left));
      }
    }
    return shares;
  }

  @Override
  public synchronized void close() {
    new ArrayList<>(plans.values()).forEach(SqueezeLayers::close);
    plans.clear();
  }
}
