package org.inpaint4j.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person at the page of the studio waits for: its start, and the frames of a stroke. */
final class StudioPageBench {

  private static final Pattern ADDRESS = Pattern.compile("http://\\S+");

  private StudioPageBench() {}

  /**
   * Starts the command again and again, as a person does, up to its page.
   *
   * @param launcher the command {@code inpaint}
   */
  static void start(Path launcher) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    for (int run = 1; run <= 3; run++) {
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(launcher.toString(), "studio", "--port", "0")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        URI address = address(out);
        double printed = (System.nanoTime() - start) / 1e9;
        for (String part : new String[] {"/", "/main.js", "/studio.css", "/api/studio"}) {
          HttpRequest request = HttpRequest.newBuilder(address.resolve(part)).build();
          int status = http.send(request, BodyHandlers.discarding()).statusCode();
          if (status != 200) {
            throw new IOException(part + " must be there: expected 200, found " + status);
          }
        }
        double there = (System.nanoTime() - start) / 1e9;
        Duration processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
        System.out.printf(
            Locale.ROOT,
            "./inpaint studio, start %d: %.2f s to the address, %.2f s to the page, processor time"
                + " %.2f s%n",
            run,
            printed,
            there,
            processor.toMillis() / 1000.0);
      } finally {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    }
  }

  private static URI address(BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher found = ADDRESS.matcher(line);
      if (found.find()) {
        return URI.create(found.group());
      }
    }
    throw new IOException("the studio must print its address: it ended");
  }

  /**
   * Paints a stroke of three seconds on a photo in a browser.
   *
   * @param studio where it is
   * @param photo a file of 12 megapixels
   */
  static void paint(URI studio, byte[] photo) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest open =
        HttpRequest.newBuilder(studio.resolve("/api/pictures"))
            .POST(BodyPublishers.ofByteArray(photo))
            .build();
    JsonObject picture =
        JsonParser.parseString(http.send(open, BodyHandlers.ofString()).body()).getAsJsonObject();
    URI page = studio.resolve("/#" + picture.get("id").getAsString());
    Optional<Chromium> opened = Chromium.open(page);
    if (opened.isEmpty()) {
      System.out.println("frames while painting: no Chromium on this machine");
      return;
    }
    try (Chromium browser = opened.get()) {
      browser.until("document.body?.dataset.state === 'open'");
      for (int run = 1; run <= 3; run++) {
        Duration before = browser.processorTime();
        JsonObject frames = browser.evaluate(STROKE).getAsJsonObject();
        double each =
            (double) browser.processorTime().minus(before).toMillis()
                / frames.get("frames").getAsInt();
        System.out.printf(
            Locale.ROOT,
            "12 megapixels, a stroke, run %d: %.0f frames a second, median %.1f ms, slowest %.1f ms;"
                + " processor time %.1f ms a frame%n",
            run,
            frames.get("perSecond").getAsDouble(),
            frames.get("median").getAsDouble(),
            frames.get("slowest").getAsDouble(),
            each);
      }
    }
  }

  /** A stroke with an event in each frame, as a mouse makes them. */
  private static final String STROKE =
      """
      new Promise(done => {
        const stage = document.getElementById('stage');
        const box = stage.getBoundingClientRect();
        stage.setPointerCapture = () => {};
        const send = (type, t) => stage.dispatchEvent(new PointerEvent(type, {
          pointerId: 1, pointerType: 'mouse', bubbles: true, button: 0, buttons: 1,
          clientX: box.left + box.width * (0.5 + 0.25 * Math.cos(t / 170)),
          clientY: box.top + box.height * (0.45 + 0.25 * Math.sin(t / 270))}));
        const times = [];
        const start = performance.now();
        send('pointerdown', 0);
        let last = start;
        const frame = now => {
          times.push(now - last);
          last = now;
          send('pointermove', now - start);
          if (now - start < 3000) { requestAnimationFrame(frame); return; }
          send('pointerup', now - start);
          times.sort((a, b) => a - b);
          done({frames: times.length, perSecond: 1000 * times.length / (now - start),
            median: times[times.length >> 1], slowest: times.at(-1)});
        };
        requestAnimationFrame(frame);
      })
      """;
}
