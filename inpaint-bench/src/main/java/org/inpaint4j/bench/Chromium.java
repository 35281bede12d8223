package org.inpaint4j.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One page in a Chromium without a window, told what to do by its own debugging interface. */
final class Chromium implements AutoCloseable {

  private static final List<Path> PROGRAMS =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));
  private static final int PATIENCE_SECONDS = 120;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path profile;
  private final Process process;
  private final Answers answers = new Answers();
  private final WebSocket socket;
  private int calls;

  private Chromium(Path program, URI page) throws IOException, InterruptedException {
    profile = Files.createTempDirectory("inpaint-bench-browser");
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--window-size=1360,860",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                page.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    socket =
        http.newWebSocketBuilder()
            .buildAsync(debugger(page), answers)
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
  }

  /** Opens a page; empty if there is no Chromium on this machine. */
  static Optional<Chromium> open(URI page) throws IOException, InterruptedException {
    Optional<Path> program = PROGRAMS.stream().filter(Files::isExecutable).findFirst();
    return program.isPresent() ? Optional.of(new Chromium(program.get(), page)) : Optional.empty();
  }

  /** Where the page listens, once the browser has written its port. */
  private URI debugger(URI page) throws IOException, InterruptedException {
    Path port = profile.resolve("DevToolsActivePort");
    for (int tries = 0; tries < 10 * PATIENCE_SECONDS && process.isAlive(); tries++) {
      if (Files.exists(port) && !Files.readAllLines(port).isEmpty()) {
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json");
        String text =
            http.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString()).body();
        for (JsonElement each : JsonParser.parseString(text).getAsJsonArray()) {
          JsonObject target = each.getAsJsonObject();
          if (target.get("url").getAsString().startsWith(page.resolve("/").toString())) {
            return URI.create(target.get("webSocketDebuggerUrl").getAsString());
          }
        }
      }
      Thread.sleep(100);
    }
    throw new IOException("the browser must open the page: it did not");
  }

  /** Collects messages until each is whole; the last answer is what was asked for. */
  private static final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private CompletableFuture<JsonObject> next = new CompletableFuture<>();

    synchronized CompletableFuture<JsonObject> expect() {
      next = new CompletableFuture<>();
      return next;
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onText(
        WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
        text.setLength(0);
        if (message.has("id")) {
          next.complete(message);
        }
      }
      from.request(1);
      return null;
    }
  }

  /** The value of an expression of JavaScript; a promise is waited for. */
  JsonElement evaluate(String expression) throws IOException {
    JsonObject parameters = new JsonObject();
    parameters.addProperty("expression", expression);
    parameters.addProperty("awaitPromise", true);
    parameters.addProperty("returnByValue", true);
    JsonObject call = new JsonObject();
    call.addProperty("id", ++calls);
    call.addProperty("method", "Runtime.evaluate");
    call.add("params", parameters);
    CompletableFuture<JsonObject> answer = answers.expect();
    socket.sendText(call.toString(), true).join();
    JsonObject told = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    JsonObject result = told.getAsJsonObject("result");
    if (result == null || result.has("exceptionDetails")) {
      throw new IOException("the page must do as it is told: it said " + told);
    }
    JsonElement value = result.getAsJsonObject("result").get("value");
    return value == null ? com.google.gson.JsonNull.INSTANCE : value;
  }

  /** Waits until an expression is true. */
  void until(String expression) throws IOException, InterruptedException {
    for (int tries = 0; tries < 20 * PATIENCE_SECONDS; tries++) {
      JsonElement value = evaluate(expression);
      if (value.isJsonPrimitive() && value.getAsBoolean()) {
        return;
      }
      Thread.sleep(50);
    }
    throw new IOException("the page must come to this: " + expression);
  }

  /** What all processes of the browser have taken of the processors. */
  Duration processorTime() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
