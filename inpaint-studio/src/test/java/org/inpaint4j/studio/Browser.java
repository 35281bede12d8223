package org.inpaint4j.studio;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium on the page, and the hand that paints. */
final class Browser implements AutoCloseable {

  private static final List<Path> CHROMIUM =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final ChromeDriver driver;
  private final Path pictures;

  Browser(Path downloads, Path pictures) throws IOException {
    this.pictures = Files.createDirectories(pictures);
    Path binary =
        CHROMIUM.stream()
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() -> missing("chromium"));
    if (!Files.isExecutable(DRIVER)) {
      throw missing("chromedriver");
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(binary.toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--window-size=1360,860",
        "--force-color-profile=srgb");
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", downloads.toAbsolutePath().toString()));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .withSilent(true)
            .build();
    driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(PATIENCE);
  }

  private static IllegalStateException missing(String program) {
    return new IllegalStateException(
        "the tests of the page need Chromium and its driver: found no "
            + program
            + "; apt-get install -y chromium chromium-driver");
  }

  void show(URI address) {
    driver.get(address.toString());
    until("return document.body.dataset.ready === 'yes'");
  }

  void reload() {
    driver.navigate().refresh();
    until("return document.body.dataset.ready === 'yes'");
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  Object runAsync(String script, Object... arguments) {
    return driver.executeAsyncScript(script, arguments);
  }

  String text(String script) {
    return String.valueOf(run(script));
  }

  /** Waits until a script returns true. */
  void until(String script) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(30))
        .withMessage(
            () ->
                script
                    + "; the page says "
                    + text("return document.getElementById('toasts').innerText"))
        .until(page -> Boolean.TRUE.equals(run(script)));
  }

  WebElement id(String id) {
    return driver.findElement(By.id(id));
  }

  void click(String selector) {
    driver.findElement(By.cssSelector(selector)).click();
  }

  void choose(String select, String value) {
    new Select(id(select)).selectByValue(value);
  }

  void keys(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  void control(String key) {
    new Actions(driver).keyDown(Keys.CONTROL).sendKeys(key).keyUp(Keys.CONTROL).perform();
  }

  /** Moves a pressed mouse along points of the reduced picture. */
  void drag(double[]... points) {
    move(PointerInput.Kind.MOUSE, 0.5f, List.of(points));
  }

  /** Moves a finger, or several at once, along points of the reduced picture. */
  void touch(double[][]... fingers) {
    move(PointerInput.Kind.TOUCH, 0.5f, fingers);
  }

  /** Moves a pen along points of the reduced picture. */
  void pen(float pressure, double[]... points) {
    move(PointerInput.Kind.PEN, pressure, List.of(points));
  }

  private void move(PointerInput.Kind kind, float pressure, List<double[]> points) {
    move(kind, pressure, points.toArray(double[][]::new));
  }

  private void move(PointerInput.Kind kind, float pressure, double[][]... ways) {
    List<Sequence> all = new ArrayList<>();
    for (double[][] way : ways) {
      PointerInput pointer = new PointerInput(kind, kind + "-" + all.size());
      Sequence path = new Sequence(pointer, 0);
      PointerInput.PointerEventProperties properties =
          PointerInput.eventProperties().setPressure(pressure);
      List<List<Number>> screen = onScreen(way);
      for (int i = 0; i < screen.size(); i++) {
        path.addAction(
            pointer.createPointerMove(
                Duration.ofMillis(i == 0 ? 0 : 60),
                PointerInput.Origin.viewport(),
                screen.get(i).get(0).intValue(),
                screen.get(i).get(1).intValue(),
                properties));
        if (i == 0) {
          path.addAction(
              pointer.createPointerDown(PointerInput.MouseButton.LEFT.asArg(), properties));
        }
      }
      path.addAction(pointer.createPointerUp(PointerInput.MouseButton.LEFT.asArg()));
      all.add(path);
    }
    driver.perform(all);
  }

  @SuppressWarnings("unchecked")
  private List<List<Number>> onScreen(double[][] points) {
    return (List<List<Number>>)
        Objects.requireNonNull(
            run(
                "const box = document.getElementById('picture').getBoundingClientRect();"
                    + "const k = box.width / document.getElementById('picture').width;"
                    + "return arguments[0].map(p => [box.left + p[0] * k, box.top + p[1] * k])",
                (Object) points));
  }

  /** Gives a file to a field of the page, as the file dialog does. */
  void choose(String field, Path file) {
    id(field).sendKeys(file.toAbsolutePath().toString());
  }

  /** Drops a file of the machine onto the page. */
  void drop(Path file) {
    for (String type : List.of("dragEnter", "dragOver", "drop")) {
      driver.executeCdpCommand(
          "Input.dispatchDragEvent",
          Map.of(
              "type",
              type,
              "x",
              600,
              "y",
              400,
              "data",
              Map.of(
                  "items",
                  List.of(),
                  "files",
                  List.of(file.toAbsolutePath().toString()),
                  "dragOperationsMask",
                  1)));
    }
  }

  /** Fills, and waits until it is done. */
  void fill() {
    until("return !document.getElementById('fill').disabled");
    click("#fill");
    until("return !document.body.classList.contains('working-now')");
  }

  /** What all processes of the browser have taken of the processors. */
  Duration processorTime() {
    return ProcessHandle.current()
        .descendants()
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** A phone, or a scheme of colours: what the developer tools of Chromium can pretend. */
  void pretend(String command, Map<String, Object> parameters) {
    driver.executeCdpCommand(command, parameters);
  }

  /** Writes what is seen to a file, to be looked at. */
  void picture(String name) throws IOException {
    // Two frames, so that what was just changed is drawn.
    runAsync(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 350)))");
    Files.write(pictures.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
