package org.inpaint4j.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.Mask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** All ways to open, paint and move: fingers, pen, clipboard, drops, keys alone, mask files. */
class PageInputTest {

  @TempDir static Path work;
  private static StudioPage page;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    page = new StudioPage(work);
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

  private static double number(String script) {
    return ((Number) browser.run(script)).doubleValue();
  }

  private static double scale() {
    return number("return document.getElementById('picture').getBoundingClientRect().width");
  }

  @Test
  void touch_oneFinger_paintsAndTwoZoomWithoutPainting() {
    page.open("rocket.jpg");
    browser.touch(new double[][] {{200, 200}, {300, 200}, {300, 250}});
    long painted = page.painted();
    assertThat(painted).isGreaterThan(1000);

    double before = scale();
    // Two fingers go apart to twice their distance; then they move together.
    browser.touch(
        new double[][] {{280, 200}, {240, 200}, {180, 200}},
        new double[][] {{360, 200}, {400, 200}, {460, 200}});
    double after = scale();
    assertThat(after / before).isBetween(2.5, 4.5);
    browser.touch(new double[][] {{280, 200}, {300, 220}}, new double[][] {{360, 200}, {380, 220}});
    assertThat(scale() / after).isCloseTo(1, within(0.05));
    browser.touch(new double[][] {{280, 200}, {310, 200}}, new double[][] {{360, 200}, {330, 200}});
    assertThat(scale()).isLessThan(0.6 * after);
    assertThat(page.painted()).isEqualTo(painted);
    browser.control("z");
    assertThat(page.painted()).isZero();
  }

  @Test
  void pen_pressesLess_paintsThinner() {
    page.open("rocket.jpg");
    browser.pen(0.2f, new double[][] {{150, 100}, {350, 100}});
    long light = page.painted();
    browser.pen(1f, new double[][] {{150, 300}, {350, 300}});
    long firm = page.painted() - light;
    assertThat(light).isPositive();
    assertThat(firm).isGreaterThan((long) (1.4 * light));
    // A palm beside the pen does not paint.
    long both = page.painted();
    browser.touch(new double[][] {{500, 200}, {520, 220}});
    assertThat(page.painted()).isEqualTo(both);
  }

  @Test
  void wheel_aboveAPoint_zoomsThereAndSpaceMoves() {
    page.open("rocket.jpg");
    double before = scale();
    browser.run(
        "const s = document.getElementById('stage'); const b = s.getBoundingClientRect();"
            + "s.dispatchEvent(new WheelEvent('wheel', {deltaY: -400, bubbles: true,"
            + " cancelable: true, clientX: b.left + 300, clientY: b.top + 200}))");
    assertThat(scale() / before).isCloseTo(Math.exp(0.64), within(0.01));
    double left = number("return document.getElementById('picture').getBoundingClientRect().left");
    browser.keys("h");
    browser.drag(new double[][] {{300, 200}, {260, 180}});
    assertThat(number("return document.getElementById('picture').getBoundingClientRect().left"))
        .isLessThan(left - 20);
    assertThat(page.painted()).isZero();
    browser.keys("0");
    assertThat(scale()).isCloseTo(before, within(1.0));
  }

  @Test
  void paste_pictureInTheClipboard_isOpened() throws Exception {
    browser.pretend(
        "Browser.grantPermissions",
        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    byte[] png = Samples.png(Samples.photo(320, 200));
    Object written =
        browser.runAsync(
            "const [data, done] = arguments;"
                + "const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));"
                + "const item = new ClipboardItem({'image/png': new Blob([bytes], {type:"
                + " 'image/png'})});"
                + "navigator.clipboard.write([item]).then(() => done('yes'), e => done(String(e)))",
            Base64.getEncoder().encodeToString(png));
    assertThat(written).isEqualTo("yes");
    browser.control("v");
    browser.until("return document.body.dataset.state === 'open'");
    assertThat(browser.text("return document.getElementById('facts').textContent"))
        .isEqualTo("320 × 200");
    // The samples are those that were copied.
    BufferedImage opened = Samples.read(page.client.get(page.picture() + "/result").bytes());
    assertThat(Samples.differences(Samples.photo(320, 200), opened, 0, 0, 0, 0)).isZero();
  }

  @Test
  void drop_file_isOpenedAndOtherFilesAreRefusedInASentence() throws Exception {
    Path photo = work.resolve("dropped photo.png");
    Files.write(photo, Samples.png(Samples.photo(300, 240)));
    browser.drop(photo);
    browser.until("return document.body.dataset.state === 'open'");
    assertThat(browser.text("return document.getElementById('name').textContent"))
        .isEqualTo("dropped photo.png");
    assertThat(browser.text("return document.getElementById('dropping').hidden")).isEqualTo("true");

    Path text = work.resolve("letter.txt");
    Files.writeString(text, "Dear all");
    browser.drop(text);
    browser.until("return document.getElementById('toasts').innerText.length > 20");
    assertThat(browser.text("return document.getElementById('name').textContent"))
        .isEqualTo("dropped photo.png");
  }

  @Test
  void keysAlone_openPaintFillCompareSave_reachEverything() throws Exception {
    browser.until("return document.querySelectorAll('#folder-list button').length === 2");
    // Tab leads to the list of the folder.
    for (int i = 0; i < 40 && !focused("#folder-list button"); i++) {
      browser.keys(Keys.TAB);
    }
    while (!browser.text("return document.activeElement.textContent").contains("rocket.jpg")) {
      browser.keys(Keys.TAB);
    }
    browser.keys(Keys.ENTER);
    browser.until("return document.body.dataset.state === 'open'");
    for (int i = 0; i < 60 && !focused("#stage"); i++) {
      browser.keys(Keys.TAB);
    }
    assertThat(focused("#stage")).isTrue();
    assertThat(browser.text("return getComputedStyle(document.activeElement).outlineStyle"))
        .as("the focus can be seen")
        .isNotEqualTo("none");

    browser.keys("r");
    browser.keys(Keys.ENTER);
    for (int i = 0; i < 6; i++) {
      browser.keys(Keys.ARROW_RIGHT, Keys.ARROW_DOWN);
    }
    browser.keys(Keys.ENTER);
    long rectangle = page.painted();
    assertThat(rectangle).isPositive();
    browser.keys("l");
    browser.keys(Keys.ENTER, Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ENTER);
    browser.keys(Keys.ARROW_UP, Keys.ARROW_UP, Keys.ARROW_UP);
    browser.keys(Keys.chord(Keys.SHIFT, Keys.ENTER));
    assertThat(page.painted()).isPositive();
    browser.keys("e", "]", "]");
    long before = page.painted();
    browser.keys(Keys.ENTER);
    assertThat(page.painted()).isLessThan(before);
    browser.keys("b", Keys.ENTER);

    browser.until("return !document.getElementById('fill').disabled");
    browser.keys("f");
    browser.until("return document.querySelectorAll('#history li').length === 1");
    browser.until("return !document.body.classList.contains('working-now')");
    browser.keys("c");
    browser.until("return !document.getElementById('slider').hidden");
    double middle = number("return +document.getElementById('slider').ariaValueNow");
    browser.keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertThat(number("return +document.getElementById('slider').ariaValueNow") - middle)
        .isBetween(3.0, 5.0);
    browser.keys(Keys.ESCAPE);
    browser.control("s");
    browser.until("return document.getElementById('save-dialog').open");
    for (int i = 0; i < 10 && !focused("#save-download"); i++) {
      browser.keys(Keys.TAB);
    }
    browser.keys(Keys.ENTER);
    assertThat(PictureFile.read(page.downloaded("rocket-filled.png")).image().getWidth())
        .isPositive();
  }

  private static boolean focused(String selector) {
    return Boolean.TRUE.equals(
        browser.run("return document.activeElement.matches(arguments[0])", selector));
  }

  @Test
  void mask_savedClearedAndLoaded_isTheSame() throws Exception {
    page.open("rocket.jpg");
    browser.keys("r");
    browser.drag(new double[][] {{100, 80}, {220, 190}});
    Mask painted = page.mask();
    long shown = page.painted();
    browser.click("#mask-save");
    Path saved = page.downloaded("rocket-mask.png");
    Mask file = Mask.whiteIsHole(PictureFile.read(saved).image());
    assertThat(file.holeBits()).isEqualTo(painted.holeBits());

    browser.click("#mask-clear");
    assertThat(page.painted()).isZero();
    browser.choose("mask-file", saved);
    browser.until("return document.getElementById('toasts').innerText.includes('Mask loaded')");
    assertThat(page.painted()).isEqualTo(shown);
    assertThat(page.mask().holeBits()).isEqualTo(painted.holeBits());
    browser.click("#mask-invert");
    long all =
        (long) number("const c = document.getElementById('veil'); return c.width * c.height");
    assertThat(page.painted()).isEqualTo(all - shown);

    Path square = work.resolve("square.png");
    Files.write(square, Samples.png(Samples.mask(100, 100, 10, 10, 20, 20)));
    browser.choose("mask-file", square);
    browser.until("return document.getElementById('toasts').innerText.includes('shape')");
    assertThat(page.painted()).isEqualTo(all - shown);
  }

  @Test
  void fills_threeOfThem_areListedAndUndoneInOrderBesideStrokes() throws Exception {
    page.open("rocket.jpg");
    browser.choose("method", "smooth");
    byte[] original = page.client.get(page.picture() + "/result").bytes();
    byte[][] after = new byte[3][];
    for (int i = 0; i < 3; i++) {
      browser.keys("r");
      browser.drag(new double[][] {{60 + 150 * i, 60}, {110 + 150 * i, 110}});
      browser.fill();
      int fills = i + 1;
      browser.until("return document.querySelectorAll('#history li').length === " + fills);
      after[i] = page.client.get(page.picture() + "/result").bytes();
    }
    assertThat(browser.text("return document.querySelector('#history li').innerText"))
        .startsWith("3. Smooth");
    browser.drag(new double[][] {{60, 200}, {110, 250}});
    long stroke = page.painted();
    browser.control("z");
    assertThat(page.painted()).isZero();
    assertThat(page.fills()).isEqualTo(3);
    for (int i = 2; i >= 0; i--) {
      int left = i;
      browser.control("z");
      browser.until("return document.querySelectorAll('#history li').length === " + left);
      assertThat(page.client.get(page.picture() + "/result").bytes())
          .isEqualTo(i > 0 ? after[i - 1] : original);
      assertThat(page.painted()).as("the mask of fill %s is back", i + 1).isPositive();
      browser.control("z");
    }
    assertThat(browser.text("return document.getElementById('undo').disabled")).isEqualTo("true");
    for (int i = 0; i < 100 && browser.id("redo").isEnabled(); i++) {
      browser.control("Z");
      Thread.sleep(50);
    }
    browser.until("return document.querySelectorAll('#history li').length === 3");
    assertThat(page.client.get(page.picture() + "/result").bytes()).isEqualTo(after[2]);
    assertThat(page.painted()).isEqualTo(stroke);
  }

  @Test
  void compare_sliderDraggedByMouseAndFinger_dividesWhereItIs() throws Exception {
    page.open("rocket.jpg");
    page.paintRocket();
    browser.choose("method", "smooth");
    browser.fill();
    browser.click("#compare");
    browser.until("return !document.getElementById('slider').hidden");
    browser.drag(new double[][] {{320, 300}, {200, 300}});
    assertThat(divided()).isCloseTo(200.0 / width(), within(0.02));
    browser.touch(new double[][] {{200, 300}, {500, 300}});
    assertThat(divided()).isCloseTo(500.0 / width(), within(0.02));
    assertThat(browser.text("return document.getElementById('before').style.clipPath"))
        .startsWith("inset(0");
    assertThat(page.painted()).isZero();
    browser.click("#compare");
    browser.until("return document.getElementById('slider').hidden");
  }

  private static double width() {
    return number("return document.getElementById('picture').width");
  }

  private static double divided() {
    return number("return +document.getElementById('slider').ariaValueNow") / 100;
  }
}
