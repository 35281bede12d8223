package org.inpaint4j.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.inpaint4j.model.ModelInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inpaint model}: what can be said of model files. */
@Command(
    name = "model",
    description = "Tells about model files.",
    subcommands = ModelCommand.Info.class)
final class ModelCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  /** Without a subcommand there is nothing to do. */
  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "a command must be given: info");
    }
  }

  /** {@code inpaint model info}: what a file holds. */
  @Command(
      name = "info",
      description =
          "Finds out what a file is (safetensors, PyTorch checkpoint, DL4J zip, ONNX, Keras) and which model it"
              + " holds, or tells about a shipped model.")
  static final class Info implements Callable<Integer> {

    @Parameters(
        paramLabel = "MODEL",
        description = "faces64 or another shipped model, or a model file, which is only read.")
    private String name = "";

    @Override
    public Integer call() throws UserException {
      Backends.check();
      ModelInfo info = Models.inspect(name);
      print("model", info.kind());
      print(
          "images",
          info.images()
              .map(
                  shape ->
                      String.format(
                          Locale.ROOT,
                          "%d x %d pixels, %d channels",
                          shape.width(),
                          shape.height(),
                          shape.channels()))
              .orElse("not told by the file"));
      boolean generator = !info.latentSpaces().isEmpty();
      print(
          "latent spaces",
          generator ? String.join(", ", info.latentSpaces()) : "none: it is no generator");
      print("parameters", String.format(Locale.ROOT, "%,d", info.parameters()));
      print("discriminator", info.discriminator() ? "yes" : "no");
      print("sha256", info.sha256());
      return 0;
    }

    private static void print(String name, String value) {
      System.out.printf("%-14s %s%n", name, value);
    }
  }
}
