package org.inpaint4j.studio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.Mask;

/** A studio with two pictures in its folder, a browser on its page, and a client beside it. */
final class StudioPage implements AutoCloseable {

  /** The photos of the command. */
  static final Path SAMPLES =
      Path.of("..", "inpaint-cli", "src", "main", "resources", "org", "inpaint4j", "cli");

  /** Where the screenshots are, for people. */
  static final Path LOOKS = Path.of("target", "page");

  private static final String PAINTED =
      "const c = document.getElementById('veil');"
          + "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
          + "let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 127) n++; return n";

  final Path downloads;
  final Studio studio;
  final Client client;
  final Browser browser;

  StudioPage(Path work) throws IOException {
    Path folder = Files.createDirectories(work.resolve("Holiday"));
    downloads = Files.createDirectories(work.resolve("downloads"));
    for (String name : List.of("rocket.jpg", "portrait.jpg")) {
      Files.copy(SAMPLES.resolve(name), folder.resolve(name));
    }
    studio = Studio.start(StudioOptions.local().toBuilder().folder(folder).build());
    client = new Client(studio.address(), "test");
    browser = new Browser(downloads, LOOKS);
  }

  /** Opens a picture of the folder. */
  void open(String name) {
    browser.until("return document.querySelectorAll('#folder-list button').length === 2");
    browser.run(
        "[...document.querySelectorAll('#folder-list button')]"
            + ".find(b => b.textContent.includes(arguments[0])).click()",
        name);
    browser.until("return document.body.dataset.state === 'open'");
  }

  /** The path of the picture that is open. */
  String picture() {
    return "/api/pictures/" + browser.text("return location.hash.slice(1)");
  }

  /** How many pixels of the veil are painted. */
  long painted() {
    return ((Number) browser.run(PAINTED)).longValue();
  }

  /** How many fills the list shows. */
  int fills() {
    return ((Number) browser.run("return document.querySelectorAll('#history li').length"))
        .intValue();
  }

  /** Paints over the rocket on its tower. */
  void paintRocket() {
    browser.run(
        "const size = document.getElementById('size'); size.value = 74;"
            + "size.dispatchEvent(new Event('input'))");
    browser.drag(new double[][] {{322, 120}, {322, 200}, {322, 300}, {322, 400}});
  }

  /** The mask as the studio has it, at full size. */
  Mask mask() throws IOException, InterruptedException {
    long shown = painted();
    for (int tries = 0; tries < 200; tries++) {
      Client.Answer answer = client.get(picture() + "/mask?size=full");
      if (answer.status() == 200) {
        Mask mask = Mask.whiteIsHole(PictureFile.read(answer.bytes()).image());
        if (Math.abs(mask.holeCount() - shown) <= 0.02 * shown + 2) {
          return mask;
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("the mask of the page never reached the studio");
  }

  /** A file that the page has saved, once it is there. */
  Path downloaded(String name) throws InterruptedException {
    Path file = downloads.resolve(name);
    for (int tries = 0; tries < 600 && !Files.exists(file); tries++) {
      Thread.sleep(50);
    }
    if (!Files.exists(file)) {
      throw new AssertionError(name + " was never saved");
    }
    return file;
  }

  @Override
  public void close() {
    browser.close();
    studio.close();
  }
}
