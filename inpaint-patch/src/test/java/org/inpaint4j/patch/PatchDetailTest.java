package org.inpaint4j.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Resampler;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.Square;
import org.junit.jupiter.api.Test;

class PatchDetailTest {

  /** A face whose halves mirror each other: smooth spots, and fine texture on the darker ones. */
  private static ImagePlanes face(int side) {
    ImagePlanes image = ImagePlanes.zeros(3, new Size(side, side));
    Random random = new Random(5);
    float[] grain = new float[side * side];
    for (int i = 0; i < grain.length; i++) {
      grain[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < image.samples().length; i++) {
      int x = i % side;
      int y = i / side % side;
      int left = Math.min(x, side - 1 - x);
      double u = 60.0 * left / side;
      double v = 60.0 * y / side;
      double spot = Math.sin(u / 3) * Math.sin(v / 4);
      double texture = spot > 0 ? 0.06 * grain[y * side + left] : 0;
      image.samples()[i] = (float) (0.5 - 0.25 * spot + texture);
    }
    return image;
  }

  /** The truth with its left half as a model of fewer pixels would make it. */
  private static ImagePlanes filled(ImagePlanes truth, Mask hole, int side) {
    int size = truth.width();
    ImagePlanes small =
        Resampler.cover(truth, new Square(0, 0, side), new Bounds(0, 0, side, side));
    ImagePlanes large =
        Resampler.cover(small, new Square(0, 0, size), new Bounds(0, 0, size, size));
    ImagePlanes result = truth.copy();
    int pixels = size * size;
    for (int i = 0; i < result.samples().length; i++) {
      int at = i % pixels;
      if (hole.isHole(at % size, at / size)) {
        result.samples()[i] = large.samples()[i];
      }
    }
    return result;
  }

  private static double error(ImagePlanes a, ImagePlanes b) {
    double sum = 0;
    for (int i = 0; i < a.samples().length; i++) {
      sum += Math.abs((double) a.samples()[i] - b.samples()[i]);
    }
    return sum;
  }

  @Test
  void add_toHalfOfASymmetricFace_takesTheDetailOfTheOtherHalf() {
    ImagePlanes truth = face(96);
    Mask hole = Mask.rectangle(96, 96, 0, 16, 40, 64);
    ImagePlanes filled = filled(truth, hole, 64);

    ImagePlanes detailed = PatchDetail.create().add(filled, hole, hole, new Square(0, 0, 96), 64);

    assertThat(error(detailed, truth)).isLessThan(0.6 * error(filled, truth));
    for (int i = 0; i < truth.samples().length; i++) {
      int at = i % (96 * 96);
      if (!hole.isHole(at % 96, at / 96)) {
        assertThat(detailed.samples()[i]).isEqualTo(filled.samples()[i]);
      }
    }
  }

  @Test
  void add_atSeveralResolutions_takesTheDetailOfEach() {
    ImagePlanes truth = face(192);
    Mask hole = Mask.rectangle(192, 192, 0, 32, 80, 128);
    ImagePlanes filled = filled(truth, hole, 60);

    ImagePlanes detailed = PatchDetail.create().add(filled, hole, hole, new Square(0, 0, 192), 60);

    assertThat(error(detailed, truth)).isLessThan(0.7 * error(filled, truth));
  }

  @Test
  void add_whatIsMissingElsewhere_isNoSource() {
    ImagePlanes truth = face(96);
    Mask hole = Mask.rectangle(96, 96, 0, 16, 40, 64);
    Mask missing = Mask.of(96, 96, (x, y) -> hole.isHole(x, y) || (x >= 56 && y >= 10 && y < 84));
    ImagePlanes filled = filled(truth, hole, 64);
    ImagePlanes other = filled.copy();
    for (int i = 0; i < other.samples().length; i++) {
      int at = i % (96 * 96);
      if (missing.isHole(at % 96, at / 96) && !hole.isHole(at % 96, at / 96)) {
        filled.samples()[i] = 0;
        other.samples()[i] = (at % 7) / 7f;
      }
    }
    Square square = new Square(0, 0, 96);

    ImagePlanes one = PatchDetail.create().add(filled, missing, hole, square, 64);
    ImagePlanes two = PatchDetail.create().add(other, missing, hole, square, 64);

    for (int i = 0; i < one.samples().length; i++) {
      int at = i % (96 * 96);
      if (hole.isHole(at % 96, at / 96)) {
        assertThat(two.samples()[i]).isEqualTo(one.samples()[i]);
      }
    }
  }

  @Test
  void add_twice_givesTheSameBytes() {
    ImagePlanes truth = face(96);
    Mask hole = Mask.rectangle(96, 96, 0, 16, 40, 64);
    ImagePlanes filled = filled(truth, hole, 64);
    Square turned = Square.around(47.3, 48.1, 90, 7);

    ImagePlanes one = PatchDetail.create().add(filled, hole, hole, turned, 64);
    ImagePlanes two = PatchDetail.create().add(filled, hole, hole, turned, 64);

    assertThat(one.samples()).isEqualTo(two.samples()).isNotEqualTo(filled.samples());
  }

  @Test
  void add_toldToEndAtAnyTime_givesThePictureItself() {
    ImagePlanes truth = face(192);
    Mask hole = Mask.rectangle(192, 192, 0, 32, 80, 128);
    ImagePlanes filled = filled(truth, hole, 60);
    Square square = new Square(0, 0, 192);
    int[] asked = {0};
    ImagePlanes all =
        PatchDetail.create().add(filled, hole, hole, square, 60, () -> ++asked[0] > 0);
    assertThat(all.samples())
        .isEqualTo(PatchDetail.create().add(filled, hole, hole, square, 60).samples());
    int questions = asked[0];
    assertThat(questions).isGreaterThan(10);
    for (int end = 0; end < questions; end++) {
      int last = end;
      asked[0] = 0;
      ImagePlanes ended =
          PatchDetail.create().add(filled, hole, hole, square, 60, () -> asked[0]++ < last);
      assertThat(ended).isSameAs(filled);
    }
  }

  @Test
  void add_toAFlatPicture_addsNothing() {
    ImagePlanes flat = ImagePlanes.zeros(1, new Size(64, 64));
    Arrays.fill(flat.samples(), 0.4f);
    Mask hole = Mask.rectangle(64, 64, 20, 20, 20, 20);

    ImagePlanes detailed = PatchDetail.create().add(flat, hole, hole, new Square(0, 0, 64), 32);

    for (int i = 0; i < flat.samples().length; i++) {
      assertThat(Math.abs(detailed.samples()[i] - 0.4f)).isLessThan(1e-6f);
    }
  }

  @Test
  void add_toFillingsThatWereHardlyEnlarged_givesThePictureItself() {
    ImagePlanes truth = face(64);
    Mask hole = Mask.rectangle(64, 64, 0, 16, 30, 20);

    assertThat(PatchDetail.create().add(truth, hole, hole, new Square(0, 0, 64), 60))
        .isSameAs(truth);
  }

  @Test
  void add_withoutAKnownPatch_raisesNothing() {
    ImagePlanes truth = face(64);
    Mask hole = Mask.rectangle(64, 64, 0, 0, 61, 64);

    ImagePlanes detailed = PatchDetail.create().add(truth, hole, hole, new Square(0, 0, 64), 32);

    assertThat(detailed.samples()).isEqualTo(truth.samples());
  }
}
