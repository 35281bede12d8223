package org.inpaint4j.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.junit.jupiter.api.Test;

class RimErrorTest {

  /** A row of eight pixels, the third a hole: the two on each side count, the others do not. */
  @Test
  void of_row_countsTwoPixelsOnEachSide() {
    Size size = new Size(8, 1);
    BitSet hole = new BitSet();
    hole.set(2);
    ImagePlanes target = new ImagePlanes(1, size, new float[8]);
    ImagePlanes image = new ImagePlanes(1, size, new float[] {0.1f, -0.2f, 9, 0.3f, 0.4f, 9, 9, 9});

    assertThat(RimError.of(target, Mask.of(size, hole)).of(image))
        .isCloseTo((0.1 + 0.2 + 0.3 + 0.4) / 4, within(1e-7));
  }

  @Test
  void of_threeChannels_isTheirMean() {
    Size size = new Size(2, 1);
    BitSet hole = new BitSet();
    hole.set(0);
    ImagePlanes target = new ImagePlanes(3, size, new float[] {0, 0.5f, 0, 0.5f, 0, 0.5f});
    ImagePlanes image = new ImagePlanes(3, size, new float[] {7, 0.5f, 7, 0.2f, 7, 1.1f});

    assertThat(RimError.of(target, Mask.of(size, hole)).of(image))
        .isCloseTo((0 + 0.3 + 0.6) / 3, within(1e-7));
  }
}
