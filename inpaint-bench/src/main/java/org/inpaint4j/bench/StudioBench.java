package org.inpaint4j.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;
import org.inpaint4j.studio.Studio;
import org.inpaint4j.studio.StudioOptions;

/**
 * A studio as a person meets it, and under load: from the command to the page; many clients at once
 * with small pictures, pictures of 50 megapixels, broken uploads, and jobs that are cancelled;
 * strokes and single fills on a photo of 12 megapixels. Prints times, statuses, memory and what was
 * left in the temporary folder.
 *
 * <p>Arguments: {@code JOBS CLIENTS}, 200 and 8 if there are none, and no load with 0; then,
 * perhaps, a portrait for the time of a face. Run it with {@code JAVA_OPTS="-Xmx1g
 * -Djava.io.tmpdir=FOLDER"}, an empty folder.
 */
public final class StudioBench {

  private static final String BOUNDARY = "part";
  private static final int SMALL = 300;

  private final Studio studio;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, AtomicInteger> answers = new ConcurrentSkipListMap<>();
  private final AtomicLong most = new AtomicLong();
  private final byte[] photo = png(photo(SMALL, SMALL));
  private final byte[] mask = png(mask(SMALL, SMALL, 120, 120, 40));
  private final byte[] large = PictureFile.of(photo(8656, 5776)).toBytes(PictureFormat.JPEG);
  private final byte[] largeMask = png(mask(2048, 1367, 900, 600, 30));

  private StudioBench(Studio studio) throws IOException {
    this.studio = studio;
  }

  /**
   * Prints the measurements.
   *
   * @param args see above
   * @throws Exception if the studio cannot be started, or a client is interrupted
   */
  public static void main(String[] args) throws Exception {
    int jobs = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    int clients = args.length > 1 ? Integer.parseInt(args[1]) : 8;
    String launcher = System.getProperty("inpaint.launcher", "");
    if (!launcher.isEmpty()) {
      StudioPageBench.start(Path.of(launcher));
    }
    long start = System.nanoTime();
    try (Studio studio = Studio.start(StudioOptions.local())) {
      System.out.printf("started in %.2f s%n", (System.nanoTime() - start) / 1e9);
      StudioBench bench = new StudioBench(studio);
      if (jobs > 0) {
        bench.load(jobs, clients);
      }
      bench.single(args.length > 2 ? Path.of(args[2]) : null);
    }
    try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir", ".")))) {
      System.out.println("left in the temporary folder: " + left.sorted().toList());
    }
  }

  private void load(int jobs, int clients) throws InterruptedException {
    Thread watch = new Thread(this::watch);
    watch.setDaemon(true);
    watch.start();
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    Thread[] threads = new Thread[clients];
    for (int c = 0; c < clients; c++) {
      String name = "client-" + c;
      threads[c] = new Thread(() -> work(name, next, jobs));
      threads[c].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.printf(
        "%d jobs of %d clients in %.1f s, processor time of this process %.1f s%n",
        jobs, clients, (System.nanoTime() - start) / 1e9, ThisProcess.processorSeconds());
    new TreeMap<>(answers).forEach((what, count) -> System.out.println("  " + what + ": " + count));
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "heap: at most %d MB used, %d MB afterwards, limit %d MB%n",
        most.get() >> 20,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20,
        runtime.maxMemory() >> 20);
  }

  private void watch() {
    Runtime runtime = Runtime.getRuntime();
    try {
      while (true) {
        most.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(String client, AtomicInteger next, int jobs) {
    for (int job = next.getAndIncrement(); job < jobs; job = next.getAndIncrement()) {
      try {
        one(client, job);
      } catch (IOException e) {
        count("no answer: " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Of 20 jobs one is large, two are broken, two are cancelled; some fill by patches. */
  private void one(String client, int job) throws IOException, InterruptedException {
    switch (job % 20) {
      case 3 -> fill(client, "large", form(large, largeMask, "smooth"));
      case 7 -> fill(client, "broken", form(Arrays.copyOf(photo, photo.length / 3), mask, "patch"));
      case 12 -> fill(client, "no mask", form(photo, new byte[] {1, 2, 3}, "patch"));
      case 9, 15 -> cancelled(client);
      default -> fill(client, "small", form(photo, mask, job % 2 == 0 ? "smooth" : "patch"));
    }
  }

  /** Fills; comes back later as long as the studio says so. */
  private void fill(String client, String kind, byte[] body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = post(client, "/api/fill", body);
    while (answer.statusCode() == 429) {
      count(kind + " 429, again");
      Thread.sleep(2000);
      answer = post(client, "/api/fill", body);
    }
    count(kind + " " + answer.statusCode());
  }

  private void cancelled(String client) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = post(client, "/api/jobs", form(photo, mask, "patch"));
    String place = answer.headers().firstValue("Location").orElse("");
    if (place.isEmpty()) {
      count("cancelled: not begun " + answer.statusCode());
      return;
    }
    HttpRequest request = HttpRequest.newBuilder(studio.address().resolve(place)).DELETE().build();
    count("cancelled " + http.send(request, BodyHandlers.ofByteArray()).statusCode());
  }

  private void count(String what) {
    answers.computeIfAbsent(what, key -> new AtomicInteger()).incrementAndGet();
  }

  private HttpResponse<byte[]> post(String client, String path, byte[] body)
      throws IOException, InterruptedException {
    URI address = studio.address().resolve(path);
    return http.send(
        HttpRequest.newBuilder(address)
            .header("X-Studio-Client", client)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static byte[] form(byte[] picture, byte[] mask, String method) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    part(body, "picture", picture);
    part(body, "mask", mask);
    part(body, "method", method.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  private static void part(ByteArrayOutputStream body, String name, byte[] content) {
    String header =
        "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n";
    body.writeBytes(header.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  /** Fills of one hole on 12 megapixels, the second time: what a person at the page waits for. */
  private void single(@org.jspecify.annotations.Nullable Path portrait)
      throws IOException, InterruptedException {
    byte[] twelve = PictureFile.of(photo(4000, 3000)).toBytes(PictureFormat.JPEG);
    StudioPageBench.paint(studio.address(), twelve);
    time("a hole of 60x60 by patches", twelve, mask(4000, 3000, 1900, 1400, 60), "patch");
    if (portrait != null) {
      BufferedImage face = PictureFile.read(portrait).image();
      BufferedImage wide = photo(4000, 3000);
      Graphics2D graphics = wide.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      int across = 3000 * face.getWidth() / face.getHeight();
      graphics.drawImage(face, 800, 0, across, 3000, null);
      graphics.dispose();
      studio.warmUp();
      byte[] file = PictureFile.of(wide).toBytes(PictureFormat.JPEG);
      BufferedImage hole = mask(4000, 3000, 800 + across / 2 - 200, 900, 400);
      time("a face", file, hole, "automatic");
    }
  }

  private void time(String what, byte[] file, BufferedImage hole, String method)
      throws IOException, InterruptedException {
    byte[] body = form(file, png(hole), method);
    for (int i = 0; i < 2; i++) {
      double before = ThisProcess.processorSeconds();
      HttpResponse<byte[]> note = post("one", "/api/jobs", body);
      String place = note.headers().firstValue("Location").orElseThrow();
      URI address = studio.address().resolve(place);
      String text = "";
      while (!text.contains("\"state\":\"done\"") && !text.contains("\"state\":\"failed\"")) {
        Thread.sleep(50);
        text = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
      }
      System.out.printf(
          "12 megapixels, %s, run %d: %s, processor time with decoding %.2f s%n",
          what, i + 1, text, ThisProcess.processorSeconds() - before);
    }
  }

  /** Waves with grain. */
  private static BufferedImage photo(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] samples = ((java.awt.image.DataBufferByte) image.getRaster().getDataBuffer()).getData();
    Random random = new Random(3);
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int wave = (int) (110 + 60 * Math.sin(x / 23.0) * Math.cos(y / 31.0));
        int grain = random.nextInt(16);
        samples[i++] = (byte) (200 - wave / 2 + grain);
        samples[i++] = (byte) (wave + grain);
        samples[i++] = (byte) (wave / 2 + 40 + grain);
      }
    }
    return image;
  }

  private static BufferedImage mask(int width, int height, int x, int y, int side) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(x, y, side, side);
    graphics.dispose();
    return image;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    return PictureFile.of(image).toBytes(PictureFormat.PNG);
  }
}
