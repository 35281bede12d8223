package org.inpaint4j.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.ModelFormat;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.ModelInfo;

/**
 * DL4J's zip files for {@code Models.load}: a generator is used as {@link Dcgan#model} uses one.
 */
public final class Dl4jFormat implements ModelFormat {

  /** For {@link java.util.ServiceLoader}. */
  public Dl4jFormat() {}

  @Override
  public boolean isFormatOf(Path file) throws IOException {
    return Dl4jFile.isNetwork(file);
  }

  @Override
  public InpaintModel load(Path file) throws IOException {
    Dl4j network = Dl4j.load(file);
    try {
      return Dcgan.model(network.generator(), Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(
          String.valueOf(file.getFileName()),
          "the network must be a generator: " + e.getMessage(),
          e);
    }
  }

  @Override
  public ModelInfo inspect(Path file) throws IOException {
    return Dl4j.load(file).info();
  }
}
