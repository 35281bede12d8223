package org.inpaint4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.inpaint4j.studio.Studio;
import org.inpaint4j.studio.StudioOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code inpaint studio}: a page with a brush, served from this machine. */
@Command(
    name = "studio",
    description =
        "Serves a page in the browser: open a photo, paint over something, press Fill. Prints the"
            + " address of the page; Ctrl-C ends it. Pictures stay in memory, on this machine.")
final class StudioCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8321",
      description = "The port; 0 takes any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "Offers the pictures of this folder, and saves results beside them, never over them.")
  private @Nullable Path folder;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Offers the network of this file too, an ONNX file say. May be repeated.")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on. With another than this machine's own, others can reach the page,"
              + " and need the token of the address that is printed. Default: ${DEFAULT-VALUE}.")
  private String host = "127.0.0.1";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "What a request must bring: at least 16 letters, digits, '-' or '_'. Default: none on this"
              + " machine's own address, a new one at each start on any other.")
  private @Nullable String token;

  private final CountDownLatch forever = new CountDownLatch(1);

  @Override
  public Integer call() throws UserException, IOException, InterruptedException {
    for (Path model : models) {
      if (!Files.isRegularFile(model)) {
        throw new UserException("--model must be a model file: found no file " + model);
      }
    }
    try (Studio studio = Studio.start(options())) {
      System.out.printf("%s%n", studio.address());
      System.out.flush();
      studio.warmUp();
      forever.await();
    } catch (IOException e) {
      throw new UserException(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
    return 0;
  }

  private StudioOptions options() throws UserException {
    try {
      StudioOptions.Builder options =
          StudioOptions.local().toBuilder().host(host).port(port).models(models);
      if (folder != null) {
        options.folder(Pictures.given("--folder", folder));
      }
      if (token != null) {
        options.token(token);
      } else if (!StudioOptions.isLoopback(host)) {
        options.token(UUID.randomUUID().toString());
      }
      return options.build();
    } catch (IllegalArgumentException e) {
      throw new UserException(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }
}
