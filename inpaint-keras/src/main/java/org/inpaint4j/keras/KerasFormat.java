package org.inpaint4j.keras;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.ModelFormat;
import org.inpaint4j.model.ModelInfo;

/**
 * Files of Keras for {@code Models.load}: a {@link KerasGenerator} is used as {@link Dcgan#model}
 * uses one.
 */
public final class KerasFormat implements ModelFormat {

  /** For {@link java.util.ServiceLoader}. */
  public KerasFormat() {}

  @Override
  public boolean isFormatOf(Path file) throws IOException {
    return KerasFile.isKeras(file);
  }

  @Override
  public InpaintModel load(Path file) throws IOException {
    return Dcgan.model(KerasGenerator.load(file), Optional.empty());
  }

  @Override
  public ModelInfo inspect(Path file) throws IOException {
    KerasGenerator generator = KerasGenerator.load(file);
    return new ModelInfo(
        "generator, Keras",
        Optional.of(generator.imageShape()),
        List.of("z (" + generator.latentSpace().size() + ")"),
        generator.parameters(),
        false,
        generator.sha256());
  }
}
