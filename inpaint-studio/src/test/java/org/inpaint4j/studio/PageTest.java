package org.inpaint4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;
import org.inpaint4j.image.Mask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * The page in a real browser. What it looks like is in {@code target/page}, for people: a test
 * cannot tell whether a page is calm.
 */
class PageTest {

  private static final String SENT = "return !document.getElementById('mask-save').disabled";

  @TempDir static Path work;
  private static StudioPage page;
  private static Client client;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    page = new StudioPage(work);
    page.studio.warmUp();
    client = page.client;
    browser = page.browser;
  }

  @AfterAll
  static void stop() {
    if (page != null) {
      page.close();
    }
  }

  @BeforeEach
  void fresh() {
    browser.show(page.studio.address());
  }

  @AfterEach
  void asItWas() {
    browser.pretend("Emulation.clearDeviceMetricsOverride", Map.of());
    browser.pretend("Emulation.setEmulatedMedia", Map.of("features", List.of()));
  }

  private static double angle() {
    return ((Number) browser.run("return document.querySelector('.frame').frame.angle"))
        .doubleValue();
  }

  @Test
  void paintAndFill_newcomersWay_removesItAndKeepsEveryOtherPixel() throws Exception {
    browser.picture("01-welcome");
    page.open("rocket.jpg");
    browser.picture("02-open");
    page.paintRocket();
    browser.picture("03-painted");
    Mask hole = page.mask();
    assertThat(hole.holeCount()).isGreaterThan(3000);
    browser.fill();
    assertThat(page.fills()).isEqualTo(1);
    assertThat(page.painted()).isZero();
    browser.picture("04-filled");

    browser.click("#save");
    browser.picture("05-save");
    browser.click("#save-download");
    Path saved = page.downloaded("rocket-filled.png");
    BufferedImage before = PictureFile.read(StudioPage.SAMPLES.resolve("rocket.jpg")).image();
    BufferedImage after = PictureFile.read(saved).image();
    int changed = 0;
    for (int y = 0; y < before.getHeight(); y++) {
      for (int x = 0; x < before.getWidth(); x++) {
        if (before.getRGB(x, y) != after.getRGB(x, y)) {
          assertThat(hole.isHole(x, y)).as("pixel %s, %s", x, y).isTrue();
          changed++;
        }
      }
    }
    assertThat(changed).isGreaterThan(hole.holeCount() / 2);

    browser.keys("c");
    browser.until("return !document.getElementById('slider').hidden");
    browser.picture("06-compare");
    browser.keys(Keys.ESCAPE);
    browser.control("z");
    browser.until("return document.querySelectorAll('#history li').length === 0");
    assertThat(page.painted()).isEqualTo(hole.holeCount());
  }

  @Test
  void strokes_undoRedoEraseLasso_areAsTheyWerePainted() throws Exception {
    page.open("rocket.jpg");
    page.paintRocket();
    long stroke = page.painted();
    browser.keys("r");
    browser.drag(new double[][] {{40, 40}, {140, 100}});
    long both = page.painted();
    assertThat(both - stroke).isBetween(5800L, 6300L);
    browser.keys("l");
    browser.drag(new double[][] {{450, 60}, {600, 60}, {600, 160}, {450, 160}});
    assertThat(page.painted() - both).isBetween(13_000L, 15_500L);
    browser.picture("07-lasso");
    browser.control("z");
    assertThat(page.painted()).isEqualTo(both);
    browser.keys("e");
    browser.drag(new double[][] {{322, 60}, {322, 420}});
    assertThat(page.painted()).isLessThan(both);
    browser.control("z");
    browser.control("z");
    assertThat(page.painted()).isEqualTo(stroke);
    browser.control("Z");
    assertThat(page.painted()).isEqualTo(both);
    browser.keys(Keys.DELETE);
    assertThat(page.painted()).isZero();
    // The keyboard alone paints too.
    browser.run("document.getElementById('stage').focus()");
    browser.keys("b", Keys.ARROW_RIGHT, Keys.ENTER, Keys.ARROW_RIGHT, Keys.ENTER);
    assertThat(page.painted()).isPositive();
  }

  @Test
  void candidates_chosen_isWhatIsSavedAndSurvivesAReload() throws Exception {
    page.open("rocket.jpg");
    page.paintRocket();
    browser.choose("method", "patch");
    browser.choose("candidates", "3");
    browser.fill();
    browser.until("return document.querySelectorAll('.thumb').length === 3");
    browser.picture("08-candidates");
    browser.click(".thumb:nth-child(3)");
    browser.until(
        "return document.querySelector('.thumb:nth-child(3)').getAttribute('aria-checked') === 'true'");
    byte[] result = client.get(page.picture() + "/result").bytes();
    browser.keys("r");
    browser.drag(new double[][] {{60, 60}, {160, 140}});
    Mask second = page.mask();
    long painted = page.painted();
    browser.reload();
    browser.until("return document.querySelectorAll('.thumb').length === 3");
    assertThat(page.painted()).isEqualTo(painted);
    assertThat(second.holeCount()).isPositive();
    JsonObject note = client.get(page.picture()).json();
    assertThat(note.getAsJsonArray("layers").get(0).getAsJsonObject().get("chosen").getAsInt())
        .isEqualTo(2);
    assertThat(client.get(page.picture() + "/result").bytes()).isEqualTo(result);
    browser.picture("09-reloaded");
  }

  @Test
  void cancel_largeFill_isOverAtOnceAndKeepsTheMask() throws Exception {
    page.open("rocket.jpg");
    browser.choose("method", "patch");
    browser.choose("candidates", "6");
    browser.keys(Keys.ESCAPE);
    browser.run("document.activeElement.blur()");
    browser.keys("r");
    browser.drag(new double[][] {{60, 60}, {560, 380}});
    browser.until(SENT);
    long painted = page.painted();
    browser.until("return !document.getElementById('fill').disabled");
    double original = unrest();
    browser.click("#fill");
    browser.until(
        "return document.getElementById('working-text').textContent.startsWith('Filling')");
    // What shows is what the filler has so far: at first a smooth draft, then pieces of the photo.
    browser.until(DRAFTS + " >= 1");
    browser.picture("17-draft");
    browser.until(DRAFTS + " >= 4");
    assertThat(unrest()).isBetween(0.3, 0.95 * original);
    browser.picture("18-better-draft");
    assertThat(browser.text("return document.body.classList.contains('working-now')"))
        .isEqualTo("true");
    Object milliseconds =
        browser.runAsync(
            "const done = arguments[0]; const start = performance.now();"
                + "document.getElementById('cancel').click();"
                + "const look = () => document.body.classList.contains('working-now')"
                + " ? setTimeout(look, 5) : done(performance.now() - start); look()");
    // Some milliseconds; the bound is for machines that do much else.
    assertThat(((Number) milliseconds).doubleValue()).isLessThan(10_000);
    assertThat(page.painted()).isEqualTo(painted);
    assertThat(page.fills()).isZero();
  }

  @Test
  void face_frameIsShownAndCanBeTurned() throws Exception {
    page.open("portrait.jpg");
    double[] size = {
      ((Number) browser.run("return document.getElementById('picture').width")).doubleValue(),
      ((Number) browser.run("return document.getElementById('picture').height")).doubleValue()
    };
    browser.run(
        "document.getElementById('size').value = 55;"
            + "document.getElementById('size').dispatchEvent(new Event('input'))");
    browser.drag(
        new double[][] {
          {0.42 * size[0], 0.36 * size[1]},
          {0.5 * size[0], 0.36 * size[1]},
          {0.6 * size[0], 0.36 * size[1]}
        });
    browser.until("return document.querySelectorAll('.frame').length === 1");
    browser.picture("10-face");
    browser.run("document.querySelector('.frame').focus()");
    double angle = angle();
    browser.keys(".", ".", Keys.ARROW_LEFT);
    assertThat(angle() - angle).isBetween(3.99, 4.01);
    browser.fill();
    JsonObject layer =
        client.get(page.picture()).json().getAsJsonArray("layers").get(0).getAsJsonObject();
    assertThat(layer.toString()).contains("facecompletion");
    browser.picture("11-face-filled");
  }

  @Test
  void looks_phoneAndDark_areUsable() throws Exception {
    browser.pretend(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    browser.picture("12-dark-welcome");
    page.open("rocket.jpg");
    page.paintRocket();
    browser.picture("13-dark");
    browser.pretend("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    browser.pretend(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 390, "height", 800, "deviceScaleFactor", 2, "mobile", true));
    browser.picture("14-phone");
    assertThat(browser.text("return document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo("true");
    browser.fill();
    browser.picture("15-phone-filled");
    assertThat(
            browser.text(
                "return [...document.querySelectorAll('button, input, select')].filter(e =>"
                    + " e.id !== 'file' && e.id !== 'mask-file' && !e.textContent.trim() && !e.getAttribute('aria-label')"
                    + " && !e.labels?.length && !e.title).map(e => e.outerHTML).join()"))
        .as("controls without a name")
        .isEmpty();
  }

  @Test
  void paint_twelveMegapixels_framesAreCounted() throws Exception {
    BufferedImage small = PictureFile.read(StudioPage.SAMPLES.resolve("rocket.jpg")).image();
    BufferedImage large = new BufferedImage(4000, 3000, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = large.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(small, 0, 0, 4000, 3000, null);
    graphics.dispose();
    byte[] file = PictureFile.of(large).toBytes(PictureFormat.JPEG);
    String id = client.open(file);
    browser.show(page.studio.address().resolve("/#" + id.substring(id.lastIndexOf('/') + 1)));
    browser.reload();
    browser.until("return document.body.dataset.state === 'open'");
    Map<String, Object> frames = new TreeMap<>();
    Duration before = browser.processorTime();
    ((Map<?, ?>) browser.runAsync(FRAMES)).forEach((name, value) -> frames.put("" + name, value));
    Duration spent = browser.processorTime().minus(before);
    frames.put(
        "processorMillisecondsAFrame",
        spent.toMillis() / ((Number) frames.get("frames")).intValue());
    Files.createDirectories(StudioPage.LOOKS);
    Files.writeString(StudioPage.LOOKS.resolve("frames.txt"), frames + System.lineSeparator());
    assertThat(page.painted()).isGreaterThan(10_000);
    browser.picture("16-large");
  }

  /** How many drafts the page has fetched since it was loaded. */
  private static final String DRAFTS =
      "return performance.getEntriesByType('resource').filter(e => e.name.endsWith('/draft')).length";

  /** The mean difference of neighbours in the hole, as the page shows it. */
  private static double unrest() {
    return ((Number)
            browser.run(
                "const d = document.getElementById('picture').getContext('2d')"
                    + ".getImageData(80, 80, 460, 280).data;"
                    + "let n = 0; for (let i = 4; i < d.length; i += 4) n += Math.abs(d[i] - d[i -"
                    + " 4]); return 4 * n / d.length"))
        .doubleValue();
  }

  /** A stroke with an event in each of 60 frames, as a mouse makes them. */
  private static final String FRAMES =
      """
      const done = arguments[0];
      const stage = document.getElementById('stage');
      const box = stage.getBoundingClientRect();
      const send = (type, t) => stage.dispatchEvent(new PointerEvent(type, {
        pointerId: 1, pointerType: 'mouse', bubbles: true, button: 0, buttons: 1,
        clientX: box.left + box.width * (0.5 + 0.25 * Math.cos(t / 170)),
        clientY: box.top + box.height * (0.45 + 0.25 * Math.sin(t / 270))}));
      stage.setPointerCapture = () => {};
      const times = [];
      const start = performance.now();
      send('pointerdown', 0);
      let last = start;
      const frame = now => {
        times.push(now - last);
        last = now;
        send('pointermove', 33 * times.length);
        if (times.length < 60) { requestAnimationFrame(frame); return; }
        send('pointerup', 33 * times.length);
        times.sort((a, b) => a - b);
        done({frames: times.length, perSecond: Math.round(1000 * times.length / (now - start)),
          median: times[times.length >> 1], slowest: times.at(-1)});
      };
      requestAnimationFrame(frame);
      """;
}
