package org.inpaint4j.onnx;

import java.io.IOException;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A program that uses ND4J and ONNX Runtime, in turn, and checks what both make: {@code nd4j} or
 * {@code onnx} is loaded first. {@link OnnxModelTest} starts it.
 */
final class BesideNd4j {

  private static final int SIDE = 256;

  private BesideNd4j() {}

  public static void main(String[] args) throws IOException {
    FillTask task = StandIns.pattern(512, 512);
    if (args[0].equals("nd4j")) {
      checkProduct();
    }
    try (Filler filler = OnnxModel.load(StandIns.file("lama")).filler()) {
      for (int turn = 0; turn < 3; turn++) {
        checkFilling(filler.fill(task).get(0).image().samples());
        checkProduct();
      }
    }
    System.out.println("right after " + args[0]);
  }

  private static void checkFilling(float[] samples) {
    float[] golden = StandIns.golden("lama/output");
    for (int i = 0; i < golden.length; i++) {
      check(Math.abs(samples[1009 * i] - golden[i]) < 1e-5f, "the network's output");
    }
  }

  /** Row i of the first has i + 1 everywhere, the second is 2 everywhere. */
  private static void checkProduct() {
    INDArray rows = Nd4j.linspace(1, SIDE, SIDE, org.nd4j.linalg.api.buffer.DataType.FLOAT);
    INDArray first = rows.reshape(SIDE, 1).mmul(Nd4j.ones(1, SIDE));
    float[] product = first.mmul(Nd4j.ones(SIDE, SIDE).mul(2)).dup('c').data().asFloat();
    for (int i = 0; i < product.length; i++) {
      check(product[i] == 2f * SIDE * (i / SIDE + 1), "a product of ND4J");
    }
  }

  private static void check(boolean right, String what) {
    if (!right) {
      throw new AssertionError(what + " must be right beside the other library: it is not");
    }
  }
}
