package org.inpaint4j.eval.mask;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Random;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Seeds;

/** Brush strokes with bends. */
final class FreeFormMask implements MaskGenerator {

  static final MaskGenerator INSTANCE = new FreeFormMask();

  private static final int SMALLEST = 16;
  private static final double MEAN_TURN = 2 * Math.PI / 5;
  private static final double TURN_SPREAD = 2 * Math.PI / 15;

  private FreeFormMask() {}

  @Override
  public String name() {
    return "free-form";
  }

  @Override
  public Mask generate(int width, int height, long seed) {
    checkArgument(
        width >= SMALLEST && height >= SMALLEST,
        "the image of a free-form mask must be at least %sx%s: found %sx%s",
        SMALLEST,
        SMALLEST,
        width,
        height);
    Random random = Seeds.random(seed);
    while (true) {
      Mask mask = draw(width, height, random);
      if (mask.holeFraction() >= 0.03 && mask.holeFraction() <= 0.6) {
        return mask;
      }
    }
  }

  private static Mask draw(int width, int height, Random random) {
    Brush brush = new Brush(width, height);
    double side = (width + height) / 2.0;
    int strokes = 1 + random.nextInt(4);
    for (int stroke = 0; stroke < strokes; stroke++) {
      double x = random.nextDouble() * width;
      double y = random.nextDouble() * height;
      double thickness = side * (0.05 + 0.07 * random.nextDouble());
      double heading = random.nextDouble() * 2 * Math.PI;
      int segments = 4 + random.nextInt(9);
      for (int segment = 0; segment < segments; segment++) {
        double turn = MEAN_TURN + TURN_SPREAD * (2 * random.nextDouble() - 1);
        heading += segment % 2 == 0 ? turn : -turn;
        double length = side * Math.max(0, Math.min(0.25, 0.125 + 0.0625 * random.nextGaussian()));
        double nextX = Math.max(0, Math.min(width, x + length * StrictMath.cos(heading)));
        double nextY = Math.max(0, Math.min(height, y + length * StrictMath.sin(heading)));
        brush.line(x, y, nextX, nextY, thickness);
        x = nextX;
        y = nextY;
      }
    }
    return brush.toMask();
  }

  @Override
  public String toString() {
    return name();
  }
}
