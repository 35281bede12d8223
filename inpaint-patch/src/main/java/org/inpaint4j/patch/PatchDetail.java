package org.inpaint4j.patch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.inpaint4j.image.Detail;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Seeds;
import org.inpaint4j.image.Square;
import org.jspecify.annotations.Nullable;

/**
 * Detail for fillings of faces that were enlarged, from the face's own known pixels: an eye gets
 * the lashes of the other one, a cheek the pores of the skin around it.
 *
 * <p>What the filling shows is not replaced: its contrast is raised, and fine texture added, as far
 * as the known pixels have them where they look like it. So a filling becomes sharper, and not
 * another one. The sides of the square are taken for those of an upright face, whose halves mirror
 * each other.
 *
 * <p>The same input gives the same bytes. When not to use it: for fillings that are to be near to
 * the truth, since what is invented more sharply is a little farther from it (docs/photos.md); for
 * squares without a middle line.
 */
/* How detail is found
 *
 *  1. The picture is halved until the square has at most twice the filling's resolution; then each
 *     resolution up to the photo's gets detail, and hands what it added to the next.
 *  2. Two blurs divide picture and mirrored picture by scale (DetailPlanes): below the band, the band
 *     itself, which the filling shows though too softly, and what lies above it, which the filling
 *     does not have. This is the division of example-based super-resolution [1, 2].
 *  3. Each pixel of the hole finds the known pixel whose patch looks most like its own, by what lies
 *     below the band and by the shapes of the band whatever their contrast, since fillings are soft
 *     (DetailField: PatchMatch [3]; mirrored sources as in image analogies [4]).
 *  4. The band is multiplied so that it is as strong as the source's, by 2.5 at most, and the
 *     source's texture above the band is added (DetailTransfer). Less of both where patches differ.
 *
 * [1] W. Freeman, T. Jones, E. Pasztor, Example-Based Super-Resolution, IEEE Computer Graphics and
 *     Applications 22(2), 2002.
 * [2] D. Glasner, S. Bagon, M. Irani, Super-Resolution from a Single Image, ICCV 2009.
 * [3] C. Barnes, E. Shechtman, A. Finkelstein, D. Goldman, PatchMatch: A Randomized Correspondence
 *     Algorithm for Structural Image Editing, SIGGRAPH 2009.
 * [4] A. Hertzmann, C. Jacobs, N. Oliver, B. Curless, D. Salesin, Image Analogies, SIGGRAPH 2001.
 */
public final class PatchDetail implements Detail {

  /** Fillings that are enlarged by less stay as they are. */
  private static final double LEAST = 1.1;

  /** Pictures are halved until the square is enlarged by no more. */
  private static final double MOST = 2.1;

  /** Squares of more pixels a side get detail at half their resolution, or less. */
  private static final int LARGEST = 1100;

  private static final long SEED = 18;

  private PatchDetail() {}

  /**
   * Detail from the picture's own patches.
   *
   * @return the detail
   */
  public static PatchDetail create() {
    return new PatchDetail();
  }

  @Override
  public ImagePlanes add(ImagePlanes picture, Mask missing, Mask hole, Square square, int side) {
    return add(picture, missing, hole, square, side, () -> true);
  }

  @Override
  public ImagePlanes add(
      ImagePlanes picture,
      Mask missing,
      Mask hole,
      Square square,
      int side,
      BooleanSupplier goesOn) {
    double scale = square.size() / side;
    if (scale < LEAST || hole.holeCount() == 0) {
      return picture;
    }
    List<DetailPicture> pictures = new ArrayList<>();
    pictures.add(finest(picture, missing, hole));
    double coarsest = scale;
    for (; coarsest > MOST && goesOn.getAsBoolean(); coarsest /= 2) {
      pictures.add(pictures.get(pictures.size() - 1).half());
    }
    float[][] added = added(pictures, square, coarsest, goesOn);
    if (!goesOn.getAsBoolean()) {
      return picture;
    }
    ImagePlanes result = picture.copy();
    int pixels = picture.size().pixels();
    BitSet bits = hole.holeBits();
    for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
      for (int c = 0; c < added.length; c++) {
        result.samples()[c * pixels + i] += added[c][i];
      }
    }
    return result;
  }

  /** What is added to the finest picture, by way of those from the coarsest on. */
  private static float[][] added(
      List<DetailPicture> pictures, Square square, double coarsest, BooleanSupplier goesOn) {
    float[][] added = new float[0][];
    @Nullable DetailField field = null;
    for (int k = pictures.size() - 1; k >= 0 && goesOn.getAsBoolean(); k--) {
      DetailPicture now = pictures.get(k);
      boolean first = added.length == 0;
      for (int c = 0; c < added.length; c++) {
        DetailPicture before = pictures.get(k + 1);
        added[c] = Doubling.of(added[c], before.width, before.height, now.width, now.height);
      }
      double shrink = 1 << k;
      if (square.size() / shrink <= LARGEST) {
        Square here =
            new Square(
                square.x() / shrink, square.y() / shrink, square.size() / shrink, square.angle());
        DetailTransfer transfer =
            new DetailTransfer(first ? now : now.plus(added), here, first ? coarsest : 2);
        added = sum(added, transfer.added(field, Seeds.split(SEED, k), goesOn));
        field = transfer.field();
      }
    }
    return added;
  }

  private static float[][] sum(float[][] before, float[][] added) {
    for (int c = 0; c < before.length; c++) {
      for (int i = 0; i < added[c].length; i++) {
        added[c][i] += before[c][i];
      }
    }
    return added;
  }

  private static DetailPicture finest(ImagePlanes picture, Mask missing, Mask hole) {
    int pixels = picture.size().pixels();
    float[][] planes = new float[picture.channels()][];
    for (int c = 0; c < planes.length; c++) {
      planes[c] = Arrays.copyOfRange(picture.samples(), c * pixels, (c + 1) * pixels);
    }
    boolean[] known = new boolean[pixels];
    Arrays.fill(known, true);
    BitSet unknown = missing.holeBits();
    unknown.stream().forEach(i -> known[i] = false);
    boolean[] filled = new boolean[pixels];
    hole.holeBits().stream()
        .forEach(
            i -> {
              known[i] = false;
              filled[i] = true;
            });
    return new DetailPicture(picture.width(), picture.height(), planes, known, filled);
  }
}
