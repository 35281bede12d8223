package org.inpaint4j.onnx;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.network.ValueRange;
import org.inpaint4j.onnx.OnnxContract.ColourOrder;
import org.inpaint4j.onnx.OnnxContract.Layout;

/**
 * Finds the contract of a network: from the number, the types and the dimensions of its inputs, and
 * from what it makes of a test picture. Names say nothing here: the same ones are used with other
 * meanings.
 *
 * <p>What the output tells: a network that gives the known pixels back composites, and shows its
 * scale; among the others one with a sigmoid has nothing below 0, one with a range from -1 to 1
 * has.
 */
final class Detection {

  /** Below this an output is not one of a sigmoid, or clamped at 0. */
  private static final float NEGATIVE = -0.02f;

  /** Above this an output is not one of a range that ends at 1. */
  private static final float LARGE = 4;

  /** Of a network that takes any size. A multiple of all presets' multiples. */
  private static final int TEST_SIDE = 64;

  private final Network network;
  private final String file;

  private Detection(Network network, String file) {
    this.network = network;
    this.file = file;
  }

  /**
   * The contract of a network.
   *
   * @param file what it is called in messages
   * @throws ModelFormatException if it is none that is known
   * @throws IOException if the thread is interrupted
   */
  static OnnxContract of(Network network, String file) throws IOException {
    Detection detection = new Detection(network, file);
    for (OnnxContract preset : candidates()) {
      for (Layout layout : Layout.values()) {
        OnnxContract contract = preset.toBuilder().layout(layout).build();
        List<Size> sizes = detection.sizes(contract);
        if (!sizes.isEmpty()) {
          return detection.measured(contract.toBuilder().size(sizes.get(0)).build());
        }
      }
    }
    throw new ModelFormatException(
        file,
        "the network must have the inputs of a known inpainting network: expected an image of 3"
            + " channels and a mask, or one input of 4 channels, found "
            + network.inputs()
            + "; a contract can be given by hand");
  }

  /** One for each kind of inputs. */
  private static List<OnnxContract> candidates() {
    return List.of(
        OnnxContract.lama(),
        OnnxContract.joinedLama(),
        OnnxContract.miganPipeline(),
        OnnxContract.lama().toBuilder().element(OnnxContract.Element.FLOAT16).build(),
        OnnxContract.joinedLama().toBuilder().element(OnnxContract.Element.FLOAT16).build());
  }

  /** The size that a network with these inputs is run with; none if it has others. */
  private List<Size> sizes(OnnxContract contract) {
    List<Size> sizes = new ArrayList<>();
    boolean first = contract.layout() == Layout.CHANNELS_FIRST;
    int channels = contract.inputs() == OnnxContract.Inputs.SEPARATE ? 3 : 4;
    for (Port port : network.inputs()) {
      if (port.has(first ? 1 : 3, channels)) {
        int height = side(port.shape().get(first ? 2 : 1), contract);
        int width = side(port.shape().get(first ? 3 : 2), contract);
        if (fits(contract, width, height)) {
          sizes.add(new Size(width, height));
        }
      }
    }
    return sizes;
  }

  private static int side(long declared, OnnxContract contract) {
    return declared < 0 ? contract.size().width() : (int) Math.min(declared, Integer.MAX_VALUE);
  }

  private boolean fits(OnnxContract contract, int width, int height) {
    if (width < 1 || height < 1 || Math.max(width, height) > OnnxContract.LARGEST) {
      return false;
    }
    OnnxContract sized = free(contract).toBuilder().size(new Size(width, height)).build();
    try {
      Wiring unused = Wiring.of(sized, network.inputs(), file);
      return true;
    } catch (ModelFormatException e) {
      return false;
    }
  }

  /** Networks of a fixed size have to be multiples of nothing else. */
  private static OnnxContract free(OnnxContract contract) {
    return contract.toBuilder().multiple(1).build();
  }

  private OnnxContract measured(OnnxContract contract) throws IOException {
    boolean bytes = contract.element() == OnnxContract.Element.UINT8;
    boolean joined = contract.inputs() != OnnxContract.Inputs.SEPARATE;
    Test test = test(contract);
    OnnxContract found;
    if (bytes) {
      found = OnnxContract.miganPipeline();
    } else if (!joined && test.composites()) {
      found = OnnxContract.lama().toBuilder().output(test.range).build();
    } else if (test.least < NEGATIVE) {
      found = joined ? OnnxContract.miganGenerator() : OnnxContract.aotGanGenerator();
    } else {
      found = joined ? OnnxContract.joinedLama() : OnnxContract.aotGan();
      if (test.greatest > LARGE) {
        found = found.toBuilder().output(OnnxContract.BYTE).build();
      }
    }
    int multiple = isFree() ? found.multiple() : 1;
    return found.toBuilder()
        .layout(contract.layout())
        .element(contract.element())
        .multiple(multiple)
        .size(contract.size())
        .build();
  }

  /** Whether the network takes more than one size. */
  private boolean isFree() {
    return network.inputs().stream()
        .flatMap(port -> port.shape().stream().skip(1))
        .anyMatch(dimension -> dimension < 0);
  }

  /**
   * What a network made of a picture.
   *
   * @param least the least value
   * @param greatest the greatest value
   * @param range the range in which it is nearest to the known pixels
   * @param error how near that is, on average
   */
  private record Test(float least, float greatest, ValueRange range, double error) {

    /** Rounding to bytes makes an error of a quarter of this. */
    private static final double REPEATED = 0.01;

    boolean composites() {
      return error < REPEATED;
    }
  }

  private Test test(OnnxContract contract) throws IOException {
    Size size = isFree() ? new Size(TEST_SIDE, TEST_SIDE) : contract.size();
    OnnxContract tested = free(contract).toBuilder().size(size).build();
    ImagePlanes picture = picture(size);
    Mask mask =
        Mask.of(
            size.width(),
            size.height(),
            (x, y) ->
                Math.abs(2 * x - size.width()) < size.width() / 4
                    && Math.abs(2 * y - size.height()) < size.height() / 4);
    Feed feed = new Feed(tested, Wiring.of(tested, network.inputs(), file));
    try {
      Network.Made made =
          WatchedRun.run(network, feed.of(picture, mask), () -> true)
              .orElseThrow(
                  () -> new InterruptedIOException("the test of a model was interrupted: " + file));
      return test(Reading.planes(made, tested.layout(), ColourOrder.RGB, size), picture, mask);
    } catch (IllegalStateException e) {
      throw new ModelFormatException(
          file, "the network must work with a test picture: " + e.getMessage(), e);
    }
  }

  private static Test test(float[] planes, ImagePlanes picture, Mask mask) {
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (float value : planes) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    BitSet known = Reading.known(mask, 2);
    ValueRange range = ValueRange.UNIT;
    double error = Double.POSITIVE_INFINITY;
    for (ValueRange other : List.of(OnnxContract.BYTE, ValueRange.UNIT, ValueRange.SIGNED)) {
      double otherError = Reading.error(planes, other, picture, known);
      if (otherError < error) {
        range = other;
        error = otherError;
      }
    }
    return new Test(least, greatest, range, error);
  }

  /** Slopes in three directions, from black to white. */
  private static ImagePlanes picture(Size size) {
    ImagePlanes picture = ImagePlanes.zeros(3, size);
    int pixels = size.pixels();
    for (int y = 0, i = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++, i++) {
        float across = (x + 0.5f) / size.width();
        float down = (y + 0.5f) / size.height();
        picture.samples()[i] = across;
        picture.samples()[pixels + i] = down;
        picture.samples()[2 * pixels + i] = 1 - (across + down) / 2;
      }
    }
    return picture;
  }
}
