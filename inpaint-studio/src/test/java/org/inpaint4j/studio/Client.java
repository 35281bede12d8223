package org.inpaint4j.studio;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** A program that uses the HTTP interface. */
final class Client {

  private static final String BOUNDARY = "----part-of-a-form";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;
  private final String name;

  Client(URI address, String name) {
    this.address = address;
    this.name = name;
  }

  /** What was answered. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    byte[] bytes() {
      return response.body();
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonObject json() {
      return JsonParser.parseString(text()).getAsJsonObject();
    }

    String error() {
      return json().get("error").getAsString();
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(Duration.ofMinutes(5))
        .header("X-Studio-Client", name);
  }

  Answer send(HttpRequest request) throws IOException, InterruptedException {
    return new Answer(http.send(request, BodyHandlers.ofByteArray()));
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  Answer post(String path, String json) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofString(json)).build());
  }

  Answer post(String path, byte[] body) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofByteArray(body)).build());
  }

  Answer put(String path, byte[] body) throws IOException, InterruptedException {
    return send(request(path).PUT(BodyPublishers.ofByteArray(body)).build());
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE().build());
  }

  /** Posts a form with a picture, a mask and fields. */
  Answer form(String path, byte[] picture, byte[] mask, Map<String, String> fields)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(body(picture, mask, fields)))
            .build());
  }

  static byte[] body(byte[] picture, byte[] mask, Map<String, String> fields) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    part(body, "name=\"picture\"; filename=\"../../etc/passwd\"", picture);
    part(body, "name=\"mask\"; filename=\"mask.png\"", mask);
    for (Map.Entry<String, String> field : fields.entrySet()) {
      part(
          body,
          "name=\"" + field.getKey() + "\"",
          field.getValue().getBytes(StandardCharsets.UTF_8));
    }
    body.write(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  private static void part(ByteArrayOutputStream body, String what, byte[] content)
      throws IOException {
    body.write(
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + what + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.write(content);
    body.write("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  /** Opens a picture; returns its path. */
  String open(byte[] picture) throws IOException, InterruptedException {
    Answer answer = post("/api/pictures", picture);
    if (answer.status() != 201) {
      throw new IOException(answer.status() + " " + answer.text());
    }
    return "/api/pictures/" + answer.json().get("id").getAsString();
  }

  /** Waits for a job; returns its last note. */
  JsonObject await(String job) throws IOException, InterruptedException {
    while (true) {
      JsonObject note = get("/api/jobs/" + job).json();
      String state = note.get("state").getAsString();
      if (!state.equals("waiting") && !state.equals("working")) {
        return note;
      }
      Thread.sleep(20);
    }
  }
}
