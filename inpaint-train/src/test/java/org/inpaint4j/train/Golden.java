package org.inpaint4j.train;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.inpaint4j.model.Weights;

/** Files that other programs made; the scripts are beside them. */
final class Golden {

  private Golden() {}

  static Path file(String name) {
    try {
      return Path.of(requireNonNull(Golden.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The options of the networks in the files of iterations. */
  static TrainingOptions options(int size, int channels, int latent, int filters, int batch) {
    return TrainingOptions.dcgan64().toBuilder()
        .imageSize(size)
        .channels(channels)
        .latentSize(latent)
        .filters(filters)
        .batchSize(batch)
        .build();
  }

  static Weights tensors(String name) {
    try {
      return Weights.load(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
