package org.inpaint4j.onnx;

import java.io.IOException;
import java.nio.file.Path;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.model.ModelFormat;
import org.inpaint4j.model.ModelInfo;

/** ONNX files for {@code Models.load}. */
public final class OnnxFormat implements ModelFormat {

  /** For {@link java.util.ServiceLoader}. */
  public OnnxFormat() {}

  @Override
  public boolean isFormatOf(Path file) throws IOException {
    return OnnxFile.isOnnx(file);
  }

  @Override
  public InpaintModel load(Path file) throws IOException {
    return OnnxModel.load(file);
  }

  @Override
  public ModelInfo inspect(Path file) throws IOException {
    return OnnxModel.load(file).info();
  }
}
