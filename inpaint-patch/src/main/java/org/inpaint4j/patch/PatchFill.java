package org.inpaint4j.patch;

import java.util.List;
import java.util.Map;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.FillTask;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Filling;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/** Prototype. */
public final class PatchFill implements Filler {

  @Override
  public List<Filling> fill(FillTask task) {
    ImagePlanes out = task.target().copy();
    Mask mask = task.mask();
    Bounds box = mask.holeBounds().orElseThrow().grown(Tune.i("reach", 400), mask.size());
    int w = box.width();
    int h = box.height();
    int ch = out.channels();
    float[] px = new float[w * h * ch];
    boolean[] hole = new boolean[w * h];
    boolean[] source = new boolean[w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int i = y * w + x;
        hole[i] = mask.isHole(x + box.x(), y + box.y());
        source[i] = !hole[i];
        for (int c = 0; c < ch; c++) {
          px[i * ch + c] = hole[i] ? 0 : out.get(c, x + box.x(), y + box.y());
        }
      }
    }
    Level level = new Level(w, h, ch, px, Texture.of(px, hole, w, h, ch), hole, source);
    try (Crew crew = new Crew(Tune.i("threads", 2))) {
      Synthesis.run(level, crew, task.seed());
    }
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int i = y * w + x;
        if (hole[i]) {
          for (int c = 0; c < ch; c++) {
            out.samples()[(c * out.height() + y + box.y()) * out.width() + x + box.x()] = px[i * ch + c];
          }
        }
      }
    }
    return List.of(Filling.of(out));
  }

  @Override
  public Map<String, String> provenance() {
    return Map.of();
  }
}
