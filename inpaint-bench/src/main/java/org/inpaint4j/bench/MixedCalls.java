package org.inpaint4j.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.Inpainter;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.faces.FaceCompletion;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.image.Mask;
import org.inpaint4j.model.Models;
import org.inpaint4j.photo.Photos;
import org.inpaint4j.search.SearchOptions;

/**
 * What a process that goes on for long still holds: calls of all kinds, sizes, errors and
 * cancellations, and from time to time the resident memory, open files and threads.
 */
final class MixedCalls implements AutoCloseable {

  private static final Path SELF = Path.of("/proc/self");
  private static final int LARGEST = 300;

  private final List<Inpainter> inpainters =
      List.of(
          Photos.automatic(),
          Inpainter.builder().filler(SmoothFill.BIHARMONIC).build(),
          faces(FaceCompletion.load()),
          faces(
              Models.withSearch(
                  Faces64.load(), SearchOptions.fast().toBuilder().steps(6).build())));

  private final Random random = new Random(26);
  private int filled;
  private int refused;
  private int cancelled;

  /** Makes calls and prints a row for each thousand of them. */
  void print(int calls) throws IOException {
    System.out.println("| calls | filled | refused | cancelled | resident MB | files | threads |");
    System.out.println("|---|---|---|---|---|---|---|");
    double first = 0;
    double last = 0;
    for (int call = 1; call <= calls; call++) {
      call();
      if (call % 1000 == 0) {
        last = ThisProcess.residentMegabytes();
        first = first == 0 ? last : first;
        System.out.printf(
            Locale.ROOT,
            "| %d | %d | %d | %d | %.1f | %d | %d |%n",
            call,
            filled,
            refused,
            cancelled,
            last,
            entries("fd"),
            entries("task"));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "from call 1000 to call %d: %+.1f %% resident memory, %.0f processor seconds in all%n",
        calls,
        100 * (last / first - 1),
        ThisProcess.processorSeconds());
  }

  private void call() {
    int width = 1 + random.nextInt(LARGEST);
    int height = 1 + random.nextInt(LARGEST);
    InpaintRequest request = InpaintRequest.of(picture(width, height), hole(width, height));
    boolean cancel = random.nextInt(10) == 0;
    if (cancel) {
      int asked = random.nextInt(5);
      int[] count = {0};
      request = request.cancelWhen(() -> ++count[0] > asked);
    }
    try {
      inpainters.get(random.nextInt(inpainters.size())).inpaint(request);
      filled++;
      cancelled += cancel ? 1 : 0;
    } catch (IllegalArgumentException e) {
      // No pixel is known in one call in twenty. The models of faces refuse a hole too that is
      // nowhere in the middle square. In all that is one call in seven.
      refused++;
    }
  }

  private BufferedImage picture(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int colour = random.nextInt();
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, colour + 0x010203 * (i % width + i / width));
    }
    return image;
  }

  private Mask hole(int width, int height) {
    if (random.nextInt(20) == 0) {
      return Mask.rectangle(width, height, 0, 0, width, height);
    }
    int w = 1 + random.nextInt(Math.max(1, width / 2));
    int h = 1 + random.nextInt(Math.max(1, height / 2));
    return Mask.rectangle(
        width, height, random.nextInt(width - w + 1), random.nextInt(height - h + 1), w, h);
  }

  private static Inpainter faces(InpaintModel model) {
    return Inpainter.builder().model(model).framing(Framing.centeredSquare()).build();
  }

  private static long entries(String folder) throws IOException {
    try (Stream<Path> all = Files.list(SELF.resolve(folder))) {
      return all.count();
    }
  }

  @Override
  public void close() {
    inpainters.forEach(Inpainter::close);
  }
}
