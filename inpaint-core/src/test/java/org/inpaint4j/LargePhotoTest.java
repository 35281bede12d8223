package org.inpaint4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.junit.jupiter.api.Test;

/** What a photo of 48 megapixels with a small hole takes, beside the photo itself. */
class LargePhotoTest {

  private static final int WIDTH = 8000;
  private static final int HEIGHT = 6000;
  private static final long MEGABYTE = 1_000_000;
  private static final Mask MASK = Mask.rectangle(WIDTH, HEIGHT, 7000, 5100, 100, 100);

  /** All that this thread allocates, whether it is freed again or not. */
  private static long allocatedBy(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    work.run();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
  }

  private static Filler mean(Optional<ImageShape> shape) {
    return new ForwardingFiller(new MeanFiller()) {
      @Override
      public int context() {
        return 64;
      }

      @Override
      public Optional<ImageShape> imageShape() {
        return shape;
      }
    };
  }

  private static void assertSmall(Filler filler, Framing framing) {
    BufferedImage photo = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    photo.setRGB(6999, 5100, 0xFFFFFF);
    try (Inpainter inpainter =
        Inpainter.builder().filler(filler).framing(framing).blender(Blender.paste()).build()) {
      InpaintRequest request = InpaintRequest.of(photo, MASK).inPlace();
      long bytes = allocatedBy(() -> inpainter.inpaint(request));
      assertThat(bytes).isLessThan(20 * MEGABYTE);
    }
    assertThat(photo.getRGB(6999, 5100)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void inpaint_atTheResolutionOfThePhoto_takesLessThanTwentyMegabytes() {
    assertSmall(mean(Optional.empty()), Framing.centeredSquare());
  }

  @Test
  void inpaint_inASquare_takesLessThanTwentyMegabytes() {
    for (Framing framing :
        List.of(Framing.square(new Square(6800, 4900, 500)), Framing.aroundHole(0.5))) {
      assertSmall(mean(Optional.of(ImageShape.square(3, 64))), framing);
    }
  }
}
