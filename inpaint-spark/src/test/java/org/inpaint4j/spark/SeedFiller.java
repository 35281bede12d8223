package org.inpaint4j.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;

/** Fills with the level {@code seed / 255}, and counts how often it is made and closed. */
final class SeedFiller implements Filler {

  static final AtomicInteger MADE = new AtomicInteger();
  static final AtomicInteger CLOSED = new AtomicInteger();

  private final String name;

  private SeedFiller(String name) {
    this.name = name;
    MADE.incrementAndGet();
  }

  static Inpainter inpainter(String name) {
    return Inpainter.builder().filler(new SeedFiller(name)).build();
  }

  @Override
  public List<Filling> fill(FillTask task) {
    ImagePlanes image = ImagePlanes.zeros(task.target().channels(), task.target().size());
    Arrays.fill(image.samples(), task.seed() / 255f);
    return List.of(Filling.of(image, FillStatus.COMPLETED));
  }

  @Override
  public Map<String, String> provenance() {
    return Map.of("filler", name);
  }

  @Override
  public void close() {
    CLOSED.incrementAndGet();
  }
}
