package org.inpaint4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP interface, from outside. */
class StudioTest {

  @TempDir static Path work;
  private static Path folder;
  private static Studio studio;
  private static Client client;
  private static byte[] photo;
  private static byte[] mask;

  @BeforeAll
  static void start() throws IOException {
    folder = Files.createDirectories(work.resolve("photos"));
    photo = Samples.png(Samples.photo(160, 120));
    mask = Samples.png(Samples.mask(160, 120, 60, 40, 24, 20));
    Files.write(folder.resolve("holiday.png"), photo);
    Files.writeString(folder.resolve("notes.txt"), "no picture");
    Files.write(work.resolve("secret.png"), photo);
    Files.createSymbolicLink(folder.resolve("link.png"), work.resolve("secret.png"));
    studio =
        Studio.start(
            StudioOptions.local().toBuilder()
                .folder(folder)
                .mostPixels(2_000_000)
                .mostUploadBytes(8 << 20)
                .build());
    client = new Client(studio.address(), "test");
  }

  @AfterAll
  static void stop() {
    studio.close();
  }

  @Test
  void fill_photoAndMask_keepsEveryKnownPixel() throws Exception {
    Client.Answer answer = client.form("/api/fill", photo, mask, Map.of("method", "patch"));
    assertThat(answer.status()).as(answer.response().toString()).isEqualTo(200);
    assertThat(answer.response().headers().firstValue("Content-Type")).contains("image/png");
    BufferedImage before = Samples.read(photo);
    BufferedImage after = Samples.read(answer.bytes());
    assertThat(Samples.differences(before, after, 60, 40, 24, 20)).isZero();
    assertThat(Samples.differences(before, after, 0, 0, 1, 1)).isPositive();
  }

  @Test
  void fill_sameSeed_sameBytes() throws Exception {
    Map<String, String> fields = Map.of("method", "patch", "seed", "5");
    byte[] one = client.form("/api/fill", photo, mask, fields).bytes();
    assertThat(client.form("/api/fill", photo, mask, fields).bytes()).isEqualTo(one);
    assertThat(
            client.form("/api/fill", photo, mask, Map.of("method", "patch", "seed", "6")).bytes())
        .isNotEqualTo(one);
  }

  @Test
  void fill_jpegAsked_isJpeg() throws Exception {
    Client.Answer answer =
        client.form("/api/fill", photo, mask, Map.of("method", "smooth", "format", "jpeg"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(PictureFile.read(answer.bytes()).format()).contains(PictureFormat.JPEG);
  }

  @Test
  void fill_brokenUploads_areClearStatuses() throws Exception {
    byte[] half = Arrays.copyOf(photo, photo.length / 2);
    assertThat(client.form("/api/fill", half, mask, Map.of()).status()).isEqualTo(400);
    byte[] text = "not a picture".getBytes(StandardCharsets.UTF_8);
    Client.Answer noPicture = client.form("/api/fill", text, mask, Map.of());
    assertThat(noPicture.status()).isEqualTo(400);
    assertThat(noPicture.error()).contains("a picture must be in a known format");
    assertThat(client.form("/api/fill", photo, text, Map.of()).status()).isEqualTo(400);
    assertThat(client.form("/api/fill", photo, new byte[0], Map.of()).status()).isEqualTo(400);
    byte[] small = Samples.png(Samples.mask(50, 50, 5, 5, 5, 5));
    assertThat(client.form("/api/fill", photo, small, Map.of()).error())
        .contains("as large as the picture");
    byte[] nothing = Samples.png(Samples.mask(160, 120, 0, 0, 0, 0));
    assertThat(client.form("/api/fill", photo, nothing, Map.of()).error())
        .contains("something to fill");
    assertThat(client.form("/api/fill", photo, mask, Map.of("method", "../x")).status())
        .isEqualTo(400);
    assertThat(client.form("/api/fill", photo, mask, Map.of("seed", "many")).status())
        .isEqualTo(400);
    assertThat(client.post("/api/fill", "{}").status()).isEqualTo(400);
  }

  @Test
  void open_tooManyBytes_is413BeforeItIsRead() throws Exception {
    Client.Answer answer = client.post("/api/pictures", new byte[(8 << 20) + 1]);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.error()).contains("at most 8388608 bytes");
  }

  @Test
  void open_tooManyPixels_is413BeforeItIsDecoded() throws Exception {
    // A header that claims 20000 x 20000 pixels; there is nothing behind it.
    byte[] claims = Arrays.copyOf(photo, photo.length);
    byte[] side = {0, 0, 0x4e, 0x20};
    System.arraycopy(side, 0, claims, 16, 4);
    System.arraycopy(side, 0, claims, 20, 4);
    java.util.zip.CRC32 sum = new java.util.zip.CRC32();
    sum.update(claims, 12, 17);
    for (int i = 0; i < 4; i++) {
      claims[29 + i] = (byte) (sum.getValue() >> (24 - 8 * i));
    }
    Client.Answer answer = client.post("/api/pictures", claims);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.error()).contains("400000000");
  }

  @Test
  void open_withoutLength_is411() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), studio.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /api/pictures HTTP/1.1\r\nHost: 127.0.0.1:"
                  + studio.address().getPort()
                  + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\nx\r\n0\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 411");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../pom.xml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/api/pictures/..%2f..%2fetc",
        "/page/index.html",
        "/index.html/..%2fstudio.css",
        "/org/inpaint4j/studio/Studio.class"
      })
  void get_otherPaths_reachNoFile(String path) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), studio.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: 127.0.0.1:"
                      + studio.address().getPort()
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).containsPattern("^HTTP/1.1 40[04]").doesNotContain("root:", "<project");
    }
  }

  @Test
  void folder_list_hasItsPicturesWithoutLinks() throws Exception {
    JsonArray pictures = client.get("/api/folder").json().getAsJsonArray("pictures");
    List<String> names = new ArrayList<>();
    pictures.forEach(each -> names.add(each.getAsJsonObject().get("name").getAsString()));
    assertThat(names).contains("holiday.png").doesNotContain("link.png", "notes.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.png",
        "link.png",
        "notes.txt",
        "/etc/passwd",
        "./holiday.png",
        "photos/../holiday.png",
        "..",
        ""
      })
  void folder_openOtherName_is404(String name) throws Exception {
    JsonObject body = new JsonObject();
    body.addProperty("name", name);
    assertThat(client.post("/api/folder/open", body.toString()).status()).isEqualTo(404);
  }

  @Test
  void save_beside_neverReplacesAndStaysInTheFolder() throws Exception {
    JsonObject opened = client.post("/api/folder/open", "{\"name\":\"holiday.png\"}").json();
    String picture = "/api/pictures/" + opened.get("id").getAsString();
    Path planted = folder.resolve("holiday-filled-2.png");
    Files.createSymbolicLink(planted, work.resolve("outside.png"));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      names.add(client.post(picture + "/save", "{}").json().get("name").getAsString());
    }
    assertThat(names).containsExactly("holiday-filled.png", "holiday-filled-3.png");
    assertThat(Files.readAllBytes(folder.resolve("holiday.png"))).isEqualTo(photo);
    assertThat(work.resolve("outside.png")).doesNotExist();
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .noneMatch(name -> name.endsWith(".part"));
    }
    Client.Answer evil =
        client.send(
            client
                .request("/api/pictures")
                .header("X-Picture-Name", "..%2F..%2Fevil%0d%0a.png")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(photo))
                .build());
    String dropped = "/api/pictures/" + evil.json().get("id").getAsString();
    assertThat(client.post(dropped + "/save", "{}").json().get("name").getAsString())
        .isEqualTo("picture-filled.png");
    assertThat(
            client.get(dropped + "/result").response().headers().firstValue("Content-Disposition"))
        .contains("attachment; filename*=UTF-8''.._.._evil__-filled.png");
  }

  @Test
  void request_otherHost_isRefused() throws Exception {
    for (String host :
        new String[] {"evil.example", "evil.example:" + studio.address().getPort()}) {
      assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\n")).startsWith("HTTP/1.1 403");
    }
    String local = "localhost:" + studio.address().getPort();
    assertThat(raw("GET / HTTP/1.1\r\nHost: " + local + "\r\n")).startsWith("HTTP/1.1 200");
  }

  /** A body that no route reads arrives after its head. */
  @Test
  void request_withABodyThatNobodyReads_keepsTheConnection() throws Exception {
    int port = studio.address().getPort();
    String host = "Host: localhost:" + port + "\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      String head = "POST /api/pictures/none/undo HTTP/1.1\r\nContent-Length: 2\r\n" + host;
      out.write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      // A server that does not wait for the body has answered by now.
      Thread.sleep(200);
      out.write("{}".getBytes(StandardCharsets.US_ASCII));
      out.write(
          ("GET /api/studio HTTP/1.1\r\nConnection: close\r\n" + host + "\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answers).startsWith("HTTP/1.1 404").contains("HTTP/1.1 200");
    }
  }

  @Test
  void request_toTheHostThatWasGiven_isLetIn() throws Exception {
    try (Studio other = Studio.start(StudioOptions.local().toBuilder().host("127.0.0.2").build())) {
      assertThat(new Client(other.address(), "other").get("/").status()).isEqualTo(200);
    }
  }

  @Test
  void request_otherOrigin_isRefused() throws Exception {
    String host = "127.0.0.1:" + studio.address().getPort();
    String post = "POST /api/folder/open HTTP/1.1\r\nContent-Length: 0\r\nHost: " + host + "\r\n";
    assertThat(raw(post + "Origin: http://evil.example\r\n")).startsWith("HTTP/1.1 403");
    assertThat(raw(post + "Origin: null\r\n")).startsWith("HTTP/1.1 403");
    assertThat(raw(post + "Sec-Fetch-Site: cross-site\r\n")).startsWith("HTTP/1.1 403");
    assertThat(raw(post + "Origin: http://" + host + "\r\n")).startsWith("HTTP/1.1 404");
  }

  private static String raw(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), studio.address().getPort())) {
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void token_isNeededEverywhereButOnceInTheAddress() throws Exception {
    String token = "abcdefghijklmnop";
    try (Studio guarded = Studio.start(StudioOptions.local().toBuilder().token(token).build())) {
      Client stranger = new Client(guarded.address(), "stranger");
      assertThat(stranger.get("/").status()).isEqualTo(401);
      assertThat(stranger.get("/api/studio").status()).isEqualTo(401);
      assertThat(stranger.get("/?token=abcdefghijklmnoq").status()).isEqualTo(401);
      assertThat(stranger.get("/api/studio?token=" + token).status()).isEqualTo(401);
      Client.Answer first = stranger.get("/?token=" + token);
      assertThat(first.status()).isEqualTo(302);
      String cookie = first.response().headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
      String pair = cookie.substring(0, cookie.indexOf(';'));
      assertThat(
              stranger
                  .send(stranger.request("/api/studio").header("Cookie", pair).build())
                  .status())
          .isEqualTo(200);
      assertThat(
              stranger
                  .send(
                      stranger
                          .request("/api/studio")
                          .header("Authorization", "Bearer " + token)
                          .build())
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void picture_twoFillsUndoRedoAndChoose_areWhatTheResultHolds() throws Exception {
    String picture = client.open(photo);
    client.put(picture + "/mask", mask);
    JsonObject first = fill(picture, "{\"method\":\"patch\",\"candidates\":3}");
    assertThat(first.get("state").getAsString()).isEqualTo("done");
    JsonObject layer = first.getAsJsonObject("result");
    assertThat(layer.getAsJsonArray("candidates")).hasSize(3);
    byte[] one = client.get(picture + "/result").bytes();
    String fill = picture + "/fills/" + layer.get("id").getAsString();
    assertThat(client.post(fill + "/2", "{}").status()).isEqualTo(200);
    byte[] other = client.get(picture + "/result").bytes();
    assertThat(other).isNotEqualTo(one);
    assertThat(Samples.differences(Samples.read(photo), Samples.read(other), 60, 40, 24, 20))
        .isZero();
    // A second hole, on a mask of half the size.
    client.put(picture + "/mask", Samples.png(Samples.mask(80, 60, 5, 5, 10, 10)));
    assertThat(fill(picture, "{\"method\":\"smooth\"}").get("state").getAsString())
        .isEqualTo("done");
    byte[] both = client.get(picture + "/result").bytes();
    assertThat(Samples.differences(Samples.read(other), Samples.read(both), 10, 10, 20, 20))
        .isZero();
    assertThat(client.post(fill + "/0", "{}").status()).isEqualTo(409);
    assertThat(client.post(picture + "/undo", "{}").json().get("undone").getAsInt()).isEqualTo(1);
    assertThat(client.get(picture + "/result").bytes()).isEqualTo(other);
    client.post(picture + "/undo", "{}");
    assertThat(
            Samples.differences(
                Samples.read(photo),
                Samples.read(client.get(picture + "/result").bytes()),
                0,
                0,
                0,
                0))
        .isZero();
    assertThat(client.post(picture + "/undo", "{}").status()).isEqualTo(409);
    client.post(picture + "/redo", "{}");
    client.post(picture + "/redo", "{}");
    assertThat(client.get(picture + "/result").bytes()).isEqualTo(both);
  }

  private static JsonObject fill(String picture, String order) throws Exception {
    Client.Answer answer = client.post(picture + "/fills", order);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return client.await(answer.json().get("id").getAsString());
  }

  @Test
  void fills_withoutMaskOrWithNonsense_areRefused() throws Exception {
    String picture = client.open(photo);
    assertThat(client.post(picture + "/fills", "{}").error()).contains("nothing is painted");
    client.put(picture + "/mask", mask);
    for (String order :
        new String[] {
          "{\"method\":\"magic\"}",
          "{\"candidates\":0}",
          "{\"candidates\":99}",
          "{\"seed\":\"x\"}",
          "{\"frames\":[{\"x\":-5,\"y\":5,\"size\":50,\"angle\":0}]}",
          "{\"frames\":[{\"x\":5,\"y\":5,\"size\":1e9,\"angle\":0}]}",
          "{\"frames\":7}",
          "[",
        }) {
      assertThat(client.post(picture + "/fills", order).status()).as(order).isEqualTo(400);
    }
  }

  @Test
  void sixteenBitGrayWithAlpha_knownSamplesStay() throws Exception {
    BufferedImage deep = new BufferedImage(64, 48, BufferedImage.TYPE_USHORT_GRAY);
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        deep.getRaster().setSample(x, y, 0, (x * 1021 + y * 397) & 0xFFFF);
      }
    }
    String picture = client.open(Samples.png(deep));
    client.put(picture + "/mask", Samples.png(Samples.mask(64, 48, 20, 20, 8, 8)));
    assertThat(fill(picture, "{\"method\":\"smooth\"}").get("state").getAsString())
        .isEqualTo("done");
    BufferedImage result = Samples.read(client.get(picture + "/result").bytes());
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 64; x++) {
        boolean hole = x >= 20 && x < 28 && y >= 20 && y < 28;
        if (!hole) {
          assertThat(result.getRaster().getSample(x, y, 0))
              .isEqualTo((x * 1021 + y * 397) & 0xFFFF);
        }
      }
    }
  }

  @Test
  void events_ofAJob_endWithItsResult() throws Exception {
    String picture = client.open(photo);
    client.put(picture + "/mask", mask);
    String job =
        client
            .post(picture + "/fills", "{\"method\":\"patch\",\"candidates\":2}")
            .json()
            .get("id")
            .getAsString();
    String events = client.get("/api/jobs/" + job + "/events").text();
    List<String> data = events.lines().filter(line -> line.startsWith("data: ")).toList();
    JsonObject last =
        JsonParser.parseString(data.get(data.size() - 1).substring(6)).getAsJsonObject();
    assertThat(last.get("state").getAsString()).isEqualTo("done");
    assertThat(last.get("progress").getAsDouble()).isEqualTo(1);
    assertThat(events).contains("event: job\n");
  }

  @Test
  void cancel_runningFill_endsAtOnceAndKeepsThePicture() throws Exception {
    byte[] large = Samples.png(Samples.photo(1300, 1000));
    String picture = client.open(large);
    client.put(picture + "/mask", Samples.png(Samples.mask(1300, 1000, 200, 150, 900, 700)));
    String job =
        client.post(picture + "/fills", "{\"method\":\"patch\"}").json().get("id").getAsString();
    while (client.get("/api/jobs/" + job).json().get("progress").getAsDouble() < 0.02) {
      Thread.sleep(10);
    }
    assertThat(client.post(picture + "/fills", "{}").status()).isEqualTo(409);
    assertThat(client.post(picture + "/undo", "{}").status()).isEqualTo(409);
    // Others see the picture meanwhile, and open theirs.
    assertThat(client.get(picture + "/view?x=0&y=0&width=100&height=80").status()).isEqualTo(200);
    client.open(photo);
    assertThat(client.get("/api/jobs/" + job).json().get("state").getAsString())
        .isEqualTo("working");
    long asked = System.nanoTime();
    assertThat(client.delete("/api/jobs/" + job).status()).isEqualTo(204);
    JsonObject note = client.get(picture).json();
    // Some milliseconds; the bound is for machines that do much else.
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked)).isLessThan(10_000);
    assertThat(note.get("job")).isNull();
    assertThat(note.getAsJsonArray("layers")).isEmpty();
    assertThat(note.get("hasMask").getAsBoolean()).isTrue();
    // The work has stopped as well: the next job has its turn.
    String small = client.open(photo);
    client.put(small + "/mask", mask);
    assertThat(fill(small, "{\"method\":\"smooth\"}").get("state").getAsString()).isEqualTo("done");
    assertThat(client.get(picture).json().getAsJsonArray("layers")).isEmpty();
  }

  @Test
  void load_mixedJobsOfFourClients_eachHasAClearStatus() throws Exception {
    byte[] broken = Arrays.copyOf(photo, photo.length / 2);
    List<Integer> good = Collections.synchronizedList(new ArrayList<>());
    List<Integer> bad = Collections.synchronizedList(new ArrayList<>());
    List<Integer> started = Collections.synchronizedList(new ArrayList<>());
    List<Integer> cancelled = Collections.synchronizedList(new ArrayList<>());
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Set<Path> before = ownFiles(temporary);
    try (Studio small = Studio.start(StudioOptions.local().toBuilder().mostWaiting(2, 1).build())) {
      List<Callable<Void>> clients = new ArrayList<>();
      for (int c = 0; c < 4; c++) {
        Client one = new Client(small.address(), "load-" + c);
        clients.add(
            () -> {
              for (int job = 0; job < 8; job++) {
                switch (job % 4) {
                  case 1 -> bad.add(filled(one, broken));
                  case 2 -> {
                    Client.Answer answer =
                        one.form("/api/jobs", photo, mask, Map.of("method", "patch"));
                    started.add(answer.status());
                    var place = answer.response().headers().firstValue("Location");
                    if (place.isPresent()) {
                      cancelled.add(one.delete(place.get()).status());
                    }
                  }
                  default -> good.add(filled(one, photo));
                }
              }
              return null;
            });
      }
      ExecutorService threads = Executors.newFixedThreadPool(clients.size());
      try {
        for (Future<Void> client : threads.invokeAll(clients)) {
          client.get();
        }
      } finally {
        threads.shutdownNow();
      }
      // Afterwards it works as before, and says what is wrong.
      Client after = new Client(small.address(), "after");
      assertThat(filled(after, photo)).isEqualTo(200);
      assertThat(filled(after, broken)).isEqualTo(400);
    }
    // Who is refused is a matter of time; the first, a good one, never is.
    assertThat(good).hasSize(16).isSubsetOf(200, 429).contains(200);
    assertThat(bad).hasSize(8).isSubsetOf(400, 429);
    assertThat(started).hasSize(8).isSubsetOf(202, 429);
    assertThat(cancelled)
        .hasSize(Collections.frequency(started, 202))
        .allSatisfy(status -> assertThat(status).isEqualTo(204));
    assertThat(ownFiles(temporary)).isEqualTo(before);
  }

  private static int filled(Client client, byte[] picture) throws Exception {
    return client.form("/api/fill", picture, mask, Map.of("method", "smooth")).status();
  }

  /** Files that a server of ours would leave; other programs use the folder too. */
  private static Set<Path> ownFiles(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(
              file ->
                  String.valueOf(file.getFileName())
                      .matches("(?i)(MultiPart|jetty|javalin|imageio|studio).*"))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void openapi_hasEveryRouteOfTheStudio() throws Exception {
    JsonObject paths = client.get("/openapi.json").json().getAsJsonObject("paths");
    assertThat(paths.keySet()).contains("/api/fill", "/api/jobs/{job}/events");
    // Each path with ids that do not exist answers, and not with "no such route".
    for (String path : paths.keySet()) {
      for (String method : paths.getAsJsonObject(path).keySet()) {
        String filled = path.replaceAll("\\{[a-z]+\\}", "none");
        Client.Answer answer =
            client.send(
                client
                    .request(filled)
                    .method(
                        method.toUpperCase(java.util.Locale.ROOT),
                        java.net.http.HttpRequest.BodyPublishers.ofString(
                            method.equals("get") || method.equals("delete") ? "" : "{}"))
                    .build());
        assertThat(answer.status()).as("%s %s", method, path).isNotEqualTo(405).isLessThan(500);
        if (answer.status() == 404) {
          assertThat(answer.error()).as("%s %s", method, path).doesNotContain("something here");
        }
      }
    }
  }
}
