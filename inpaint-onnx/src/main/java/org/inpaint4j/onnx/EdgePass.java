package org.inpaint4j.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.onnx.OnnxContract.Element;

/** The two networks of EdgeConnect, one after the other. */
final class EdgePass implements OnnxFill.Pass {

  private static final int EDGE_CHANNELS = 3;
  private static final double SIGMA = 2;

  private final Network edges;
  private final Network colours;
  private final OnnxContract contract;
  private final Feed feed;

  EdgePass(Network edges, Network colours, OnnxContract contract, Wiring wiring) {
    this.edges = edges;
    this.colours = colours;
    this.contract = contract;
    this.feed = new Feed(contract, wiring);
  }

  /** The contract of the second network: the preset, with the size that the file declares. */
  static OnnxContract contract(Network colours, String file) throws ModelFormatException {
    OnnxContract preset = OnnxContract.edgeConnect();
    Size size = preset.size();
    if (colours.inputs().size() == 1 && colours.inputs().get(0).shape().size() == 4) {
      List<Long> shape = colours.inputs().get(0).shape();
      if (shape.get(2) > 0
          && shape.get(3) > 0
          && Math.max(shape.get(2), shape.get(3)) <= OnnxContract.LARGEST) {
        size = new Size(shape.get(3).intValue(), shape.get(2).intValue());
      }
    }
    OnnxContract contract = preset.toBuilder().multiple(1).size(size).build();
    Wiring unused = Wiring.of(contract, colours.inputs(), file);
    return contract;
  }

  /** Refuses a first network that has other inputs. */
  static void check(Network edges, OnnxContract contract, String file) throws ModelFormatException {
    boolean fits =
        edges.inputs().size() == 1
            && edges.inputs().get(0).allows(0, 1)
            && edges.inputs().get(0).allows(1, EDGE_CHANNELS)
            && edges.inputs().get(0).allows(2, contract.size().height())
            && edges.inputs().get(0).allows(3, contract.size().width());
    if (!fits) {
      throw new ModelFormatException(
          file,
          "the network of edges must have one input of gray, edges and mask: expected float"
              + shape(contract.size())
              + ", found "
              + edges.inputs());
    }
  }

  private static List<Long> shape(Size size) {
    return List.of(1L, (long) EDGE_CHANNELS, (long) size.height(), (long) size.width());
  }

  @Override
  public Optional<Reading> run(FillTask task) {
    ImagePlanes target = task.target();
    Mask mask = task.mask();
    return WatchedRun.run(edges, List.of(edgeInput(target, mask)), () -> goesOn(task))
        .map(made -> plane(made, target.size()))
        .flatMap(plane -> WatchedRun.run(colours, feed.of(target, mask, plane), () -> goesOn(task)))
        .map(made -> Reading.of(made, contract, target, mask));
  }

  private static boolean goesOn(FillTask task) {
    return task.listener().onStep(1, 2, Double.NaN);
  }

  /** Gray with the hole 1, its edges, and the mask, the hole 1. */
  Fed edgeInput(ImagePlanes target, Mask mask) {
    float[] gray = gray(target.samples());
    float[] found = Canny.edges(gray, mask, SIGMA);
    int pixels = gray.length;
    ByteBuffer data =
        ByteBuffer.allocateDirect(4 * EDGE_CHANNELS * pixels).order(ByteOrder.nativeOrder());
    for (int y = 0, i = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++, i++) {
        boolean hole = mask.isHole(x, y);
        data.putFloat(4 * i, hole ? 1 : gray[i]);
        data.putFloat(4 * (pixels + i), found[i]);
        data.putFloat(4 * (2 * pixels + i), hole ? 1 : 0);
      }
    }
    return new Fed(edges.inputs().get(0).name(), Element.FLOAT32, shape(target.size()), data);
  }

  /** The luma that EdgeConnect was trained with (ITU-R BT.709, as scikit-image rounds it). */
  private static float[] gray(float[] samples) {
    float[] gray = new float[samples.length / 3];
    for (int i = 0; i < gray.length; i++) {
      gray[i] =
          (float)
              (0.2125 * samples[i]
                  + 0.7154 * samples[gray.length + i]
                  + 0.0721 * samples[2 * gray.length + i]);
    }
    return gray;
  }

  private static float[] plane(Network.Made made, Size size) {
    if (made.values().length != size.pixels()) {
      throw new IllegalStateException(
          "the network of edges must make one plane as large as it is shown: expected "
              + List.of(1, 1, size.height(), size.width())
              + ", found "
              + made.shape());
    }
    return made.values();
  }

  @Override
  public void close() {
    edges.close();
    colours.close();
  }
}
