package org.inpaint4j.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.ModelFormat;
import org.inpaint4j.model.ModelInfo;
import org.inpaint4j.network.Generator;

/**
 * ONNX files for {@code Models.load}: an inpainting network becomes an {@link OnnxModel}, a
 * generator (a network that takes vectors) a {@link Dcgan#model}, which is searched.
 */
public final class OnnxFormat implements ModelFormat {

  /** For {@link java.util.ServiceLoader}. */
  public OnnxFormat() {}

  @Override
  public boolean isFormatOf(Path file) throws IOException {
    return OnnxFile.isOnnx(file);
  }

  @Override
  public InpaintModel load(Path file) throws IOException {
    OnnxGraph outline = OnnxGraph.of(file, false);
    return isGenerator(outline)
        ? Dcgan.model(generator(file, outline), Optional.empty())
        : OnnxModel.load(file);
  }

  @Override
  public ModelInfo inspect(Path file) throws IOException {
    OnnxGraph outline = OnnxGraph.of(file, false);
    if (!isGenerator(outline)) {
      return OnnxModel.load(file).info();
    }
    Generator generator = generator(file, outline);
    return new ModelInfo(
        OnnxDcgan.isIn(outline) ? "DCGAN, ONNX" : "generator, ONNX",
        Optional.of(generator.imageShape()),
        List.of("z (" + generator.latentSpace().size() + ")"),
        OnnxFile.parameters(file),
        false,
        OnnxFile.sha256(file));
  }

  private static boolean isGenerator(OnnxGraph outline) {
    return OnnxDcgan.isIn(outline) || OnnxGenerator.isIn(outline);
  }

  /** A DCGAN is read as its checkpoint would be, whose form is the fastest to search. */
  private static Generator generator(Path file, OnnxGraph outline) throws IOException {
    return OnnxDcgan.isIn(outline)
        ? Dcgan.generator(OnnxDcgan.weights(file))
        : OnnxGenerator.of(file);
  }
}
