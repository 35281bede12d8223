package org.inpaint4j;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies between Java arrays and one ND4J array, image by image: 0.01 ms for a 3x64x64 image, where
 * {@code toFloatVector} of a slice takes 0.2 ms.
 */
final class FloatTransfer {

  private final INDArray array;
  private final FloatBuffer memory;
  private final int imageSize;

  /**
   * A transfer.
   *
   * @param array float32, dense, one image after the other
   * @param images the number of images
   */
  FloatTransfer(INDArray array, int images) {
    checkArgument(
        array.ordering() == 'c' && array.offset() == 0,
        "an array must be dense to be copied: found %s",
        array.shapeInfoToString());
    this.array = array;
    this.memory = array.data().asNioFloat();
    this.imageSize = Math.toIntExact(array.length() / images);
  }

  /** Sets one image. The device sees it after {@link #flush}. */
  void write(int image, float[] values) {
    checkArgument(
        values.length == imageSize,
        "an input must have the length of its shape: expected %s, found %s",
        imageSize,
        values.length);
    memory.put(image * imageSize, values);
  }

  /** Sets all values of the array from a part of a longer one. */
  void writeAll(float[] values, int from) {
    memory.put(0, values, from, Math.toIntExact(array.length()));
  }

  /** Gets all values of the array into a part of a longer one, as of the last {@link #fetch}. */
  void readAll(float[] into, int from) {
    memory.get(0, into, from, Math.toIntExact(array.length()));
  }

  /** Makes what was written known to the device. */
  void flush() {
    Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
  }

  /** Makes what the device computed known here. */
  void fetch() {
    Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.HOST);
  }

  /** Gets one image, as of the last {@link #fetch}. */
  void read(int image, float[] values) {
    memory.get(image * imageSize, values, 0, imageSize);
  }
}
