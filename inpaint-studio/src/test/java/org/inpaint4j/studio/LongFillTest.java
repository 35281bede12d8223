package org.inpaint4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Fills that take their time: what they show meanwhile, and how soon they end when they are told
 * to.
 */
class LongFillTest {

  /** A face wherever the hole is. */
  private static final String FRAME =
      ",\"frames\":[{\"x\":1100,\"y\":850,\"size\":2000,\"angle\":0,\"sure\":true}]";

  private static Studio studio;
  private static Client client;
  private static byte[] small;
  private static byte[] smallMask;

  @BeforeAll
  static void start() throws IOException {
    studio = Studio.start(StudioOptions.local());
    studio.warmUp();
    client = new Client(studio.address(), "test");
    small = Samples.png(Samples.photo(160, 120));
    smallMask = Samples.png(Samples.mask(160, 120, 60, 40, 24, 20));
  }

  @AfterAll
  static void stop() {
    studio.close();
  }

  /** Fills a small picture; returns how that ended. */
  private static String smooth() throws Exception {
    String picture = client.open(small);
    client.put(picture + "/mask", smallMask);
    JsonObject job = client.post(picture + "/fills", "{\"method\":\"smooth\"}").json();
    String end = client.await(job.get("id").getAsString()).get("state").getAsString();
    client.delete(picture);
    return end;
  }

  @Test
  void draft_ofALongFill_becomesWhatTheFillerHasSoFar() throws Exception {
    byte[] large = Samples.png(Samples.photo(1600, 1300));
    String picture = client.open(large);
    client.put(picture + "/mask", Samples.png(Samples.mask(1600, 1300, 200, 150, 1200, 1000)));
    String job =
        client.post(picture + "/fills", "{\"method\":\"patch\"}").json().get("id").getAsString();
    Map<Integer, BufferedImage> drafts = new TreeMap<>();
    while (drafts.size() < 3) {
      JsonObject note = client.get("/api/jobs/" + job).json();
      assertThat(note.get("state").getAsString()).isIn("waiting", "working");
      if (note.has("draft")) {
        JsonObject draft = note.getAsJsonObject("draft");
        assertThat(draft.getAsJsonObject("region").toString())
            .isEqualTo("{\"x\":200,\"y\":150,\"width\":1200,\"height\":1000}");
        Client.Answer answer = client.get("/api/jobs/" + job + "/draft");
        if (answer.status() == 200) {
          drafts.put(draft.get("version").getAsInt(), Samples.read(answer.bytes()));
        }
      }
      Thread.sleep(20);
    }
    client.delete("/api/jobs/" + job);
    List<BufferedImage> all = List.copyOf(drafts.values());
    assertThat(all).allMatch(draft -> draft.getWidth() == 1200 && draft.getHeight() == 1000);
    // The first one is smooth; what is made of pieces has their grain or at least their stripes.
    double smooth = unrest(all.get(0));
    double pieces = unrest(all.get(2));
    assertThat(pieces).isGreaterThan(3 * smooth);
  }

  /** The mean difference of pixels some columns apart, in the middle. */
  private static double unrest(BufferedImage image) {
    double sum = 0;
    for (int y = 200; y < 500; y++) {
      for (int x = 300; x < 600; x++) {
        sum += Math.abs((image.getRGB(x, y) >> 8 & 255) - (image.getRGB(x + 9, y) >> 8 & 255));
      }
    }
    return sum / (300 * 300);
  }

  @ParameterizedTest
  @CsvSource({"automatic, 0", "automatic, 700", "patch, 0", "patch, 4000", "faces, 0", "smooth, 0"})
  void cancel_largeHoleByAnyMethod_freesTheQueueWithinASecondOfWork(String method, int after)
      throws Exception {
    byte[] large = Samples.png(Samples.photo(2400, 1800));
    String picture = client.open(large);
    client.put(picture + "/mask", Samples.png(Samples.mask(2400, 1800, 300, 200, 1700, 1300)));
    // The first time Java compiles what runs, for seconds of processor time on some machines.
    afterCancel(picture, method, after);
    // A second of two cores is what is promised; Java still compiles a little. Seconds of the clock
    // would say what else the machine does.
    assertThat(TimeUnit.NANOSECONDS.toMillis(afterCancel(picture, method, after))).isLessThan(4000);
    assertThat(client.get(picture).json().getAsJsonArray("layers")).isEmpty();
  }

  /** Begins a fill, cancels it, fills a small picture: the processor time from the cancel on. */
  private static long afterCancel(String picture, String method, int after) throws Exception {
    smooth();
    String job =
        client
            .post(picture + "/fills", "{\"method\":\"" + method + "\"" + FRAME + "}")
            .json()
            .get("id")
            .getAsString();
    while (!client.get("/api/jobs/" + job).json().has("draft")) {
      Thread.sleep(5);
    }
    Thread.sleep(after);
    long before = processorTime();
    assertThat(client.delete("/api/jobs/" + job).status()).isEqualTo(204);
    assertThat(smooth()).isEqualTo("done");
    return processorTime() - before;
  }

  private static long processorTime() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }
}
