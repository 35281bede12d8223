package org.inpaint4j.onnx;

import static org.inpaint4j.onnx.OnnxContract.Layout.CHANNELS_FIRST;

import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.onnx.OnnxContract.ColourOrder;
import org.inpaint4j.onnx.OnnxContract.Inputs;

/** Writes images and masks as a contract wants them. */
final class Feed {

  private static final int COLOURS = 3;

  private final OnnxContract contract;
  private final Wiring wiring;

  Feed(OnnxContract contract, Wiring wiring) {
    this.contract = contract;
    this.wiring = wiring;
  }

  /**
   * The tensors for an image.
   *
   * @param target [3, H, W] from 0 to 1; what it holds in the hole is not looked at. Not modified.
   * @param mask as large
   */
  List<Fed> of(ImagePlanes target, Mask mask) {
    float hole = (float) contract.mask().hole();
    float known = (float) contract.mask().known();
    float[] plane = new float[mask.width() * mask.height()];
    for (int y = 0, i = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++, i++) {
        plane[i] = mask.isHole(x, y) ? hole : known;
      }
    }
    return of(target, mask, plane);
  }

  /**
   * The tensors for an image, with something else in the mask's place.
   *
   * @param target as above
   * @param mask as large
   * @param plane [H, W] in the place of the mask, in the values that are fed. Not modified.
   */
  List<Fed> of(ImagePlanes target, Mask mask, float[] plane) {
    if (contract.inputs() == Inputs.SEPARATE) {
      Fed image = empty(wiring.image(), COLOURS, mask);
      writeImage(image.data(), COLOURS, 0, target, mask);
      Fed other = empty(wiring.mask(), 1, mask);
      writePlane(other.data(), 1, 0, plane);
      return List.of(image, other);
    }
    Fed both = empty(wiring.image(), COLOURS + 1, mask);
    boolean maskFirst = contract.inputs() == Inputs.MASK_THEN_IMAGE;
    writeImage(both.data(), COLOURS + 1, maskFirst ? 1 : 0, target, mask);
    writePlane(both.data(), COLOURS + 1, maskFirst ? 0 : COLOURS, plane);
    return List.of(both);
  }

  private Fed empty(String input, int channels, Mask mask) {
    int bytes = channels * mask.width() * mask.height() * contract.element().bytes();
    long width = mask.width();
    long height = mask.height();
    List<Long> shape =
        contract.layout() == CHANNELS_FIRST
            ? List.of(1L, (long) channels, height, width)
            : List.of(1L, height, width, (long) channels);
    ByteBuffer data = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    return new Fed(input, contract.element(), shape, data);
  }

  private void writeImage(ByteBuffer data, int channels, int first, ImagePlanes target, Mask mask) {
    float black = (float) contract.samples().black();
    float scale = (float) (contract.samples().white() - contract.samples().black());
    float prefill = (float) contract.prefill();
    int pixels = mask.width() * mask.height();
    float[] plane = new float[pixels];
    for (int c = 0; c < COLOURS; c++) {
      int from = (contract.colours() == ColourOrder.RGB ? c : COLOURS - 1 - c) * pixels;
      for (int y = 0, i = 0; y < mask.height(); y++) {
        for (int x = 0; x < mask.width(); x++, i++) {
          plane[i] = mask.isHole(x, y) ? prefill : black + scale * target.samples()[from + i];
        }
      }
      writePlane(data, channels, first + c, plane);
    }
  }

  /** Writes a channel where the layout has it. */
  private void writePlane(ByteBuffer data, int channels, int channel, float[] plane) {
    boolean planes = contract.layout() == CHANNELS_FIRST;
    int at = planes ? channel * plane.length : channel;
    int step = planes ? 1 : channels;
    switch (contract.element()) {
      case UINT8 -> {
        for (float value : plane) {
          data.put(at, (byte) Math.max(0, Math.min(255, (int) Math.floor(value + 0.5f))));
          at += step;
        }
      }
      case FLOAT16 -> {
        for (float value : plane) {
          data.putShort(2 * at, Fp16Conversions.floatToFp16(value));
          at += step;
        }
      }
      case FLOAT32 -> {
        for (float value : plane) {
          data.putFloat(4 * at, value);
          at += step;
        }
      }
    }
  }
}
