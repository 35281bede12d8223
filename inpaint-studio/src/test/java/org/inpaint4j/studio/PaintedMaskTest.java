package org.inpaint4j.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;

class PaintedMaskTest {

  @Test
  void enlarged_onePixelOfFour_isItsFourPixelsWithoutCorners() {
    BufferedImage small = Samples.mask(4, 4, 1, 1, 1, 1);
    Mask mask = PaintedMask.enlarged(small, new Size(8, 8));
    // The middle of a pixel of the mask is 1/4 from the middles of its four: weight 9/16, more than
    // one half; its neighbours weigh 3/16 at most.
    assertThat(mask.holeBounds()).contains(new Bounds(2, 2, 2, 2));
    assertThat(mask.holeCount()).isEqualTo(4);
  }

  @Test
  void enlarged_disc_hasTheAreaOfTheDisc() {
    int scale = 5;
    double radius = 30;
    BufferedImage small = new BufferedImage(100, 80, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fill(new java.awt.geom.Ellipse2D.Double(20, 10, 2 * radius, 2 * radius));
    graphics.dispose();
    Mask mask = PaintedMask.enlarged(small, new Size(100 * scale, 80 * scale));
    double area = Math.PI * radius * radius * scale * scale;
    // A smooth edge: staircases of the mask's own pixels would err by more.
    assertThat((double) mask.holeCount()).isBetween(0.99 * area, 1.01 * area);
    int wrong = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        double distance = Math.hypot((x + 0.5) / scale - 50, (y + 0.5) / scale - 40);
        boolean inside = distance < radius;
        if (mask.isHole(x, y) != inside && Math.abs(distance - radius) > 0.5) {
          wrong++;
        }
      }
    }
    assertThat(wrong).as("pixels farther than half a pixel of the mask from the edge").isZero();
  }

  @Test
  void decode_maskOfThePicturesSize_isTakenAsItIs() throws Exception {
    byte[] png = Samples.png(Samples.mask(31, 17, 3, 4, 5, 6));
    Mask mask = PaintedMask.decode(png, new Size(31, 17));
    assertThat(mask.holeBounds()).contains(new Bounds(3, 4, 5, 6));
    assertThat(mask.holeCount()).isEqualTo(30);
  }

  @Test
  void decode_maskOfAnotherShapeOrLarger_isRefused() throws Exception {
    byte[] square = Samples.png(Samples.mask(20, 20, 3, 4, 5, 6));
    assertThatThrownBy(() -> PaintedMask.decode(square, new Size(31, 17)))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(400));
    byte[] large = Samples.png(Samples.mask(62, 34, 3, 4, 5, 6));
    assertThatThrownBy(() -> PaintedMask.decode(large, new Size(31, 17)))
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(413));
  }
}
