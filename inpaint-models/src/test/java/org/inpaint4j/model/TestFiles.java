package org.inpaint4j.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Files and arrays of the tests, those of other modules too. */
public final class TestFiles {

  /** The project's data for development, which is not part of the project. */
  public static final Path CHECKPOINT = Path.of("../../shared/data/dcgan64-checkpoint.tar");

  private TestFiles() {}

  public static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(TestFiles.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Weights load(String name) {
    try {
      return Weights.load(resource(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static INDArray array(Weights weights, String name) {
    long[] shape = java.util.Arrays.stream(weights.shape(name)).asLongStream().toArray();
    return Nd4j.create(weights.values(name), shape, 'c');
  }

  /** The largest absolute difference of two arrays of one shape. */
  public static double maxDifference(INDArray a, INDArray b) {
    if (!java.util.Arrays.equals(a.shape(), b.shape())) {
      throw new AssertionError(
          "shapes differ: "
              + java.util.Arrays.toString(a.shape())
              + " and "
              + java.util.Arrays.toString(b.shape()));
    }
    double largest = 0;
    float[] left = a.dup('c').data().asFloat();
    float[] right = b.dup('c').data().asFloat();
    for (int i = 0; i < left.length; i++) {
      double difference = Math.abs(left[i] - right[i]);
      if (!(difference <= largest)) {
        largest = difference;
      }
    }
    return largest;
  }

  public static double maxMagnitude(INDArray a) {
    return a.amaxNumber().doubleValue();
  }

  public static Map<String, INDArray> placeholder(String name, INDArray value) {
    return Map.of(name, value);
  }
}
