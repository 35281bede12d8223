package org.inpaint4j.model.face;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.inpaint4j.image.Size;

/** Turns what {@link YuNet} puts out into faces. There are no anchors: one prior a cell. */
final class Decoder {

  private static final int CLASS = 0;
  private static final int OBJECT = 1;
  private static final int BOX = 2;
  private static final int POINTS = 6;
  private static final int COORDINATES = 10;

  /** Boxes that overlap by more show one face. */
  private static final double SAME = 0.3;

  private Decoder() {}

  /**
   * Adds the faces of one stride.
   *
   * @param values [{@link YuNet#VALUES}, H, W] of one image. Not modified.
   * @param cells the columns and rows of cells
   * @param stride the distance of cells in pixels
   * @param least the lowest score that is taken
   * @param faces takes them, suppressed or not
   */
  static void decode(float[] values, Size cells, int stride, double least, List<Detection> faces) {
    int plane = cells.pixels();
    for (int i = 0; i < plane; i++) {
      double score =
          Math.sqrt(sigmoid(values[CLASS * plane + i]) * sigmoid(values[OBJECT * plane + i]));
      if (score < least) {
        continue;
      }
      int column = i % cells.width();
      int row = i / cells.width();
      double x = (column + values[BOX * plane + i]) * stride;
      double y = (row + values[(BOX + 1) * plane + i]) * stride;
      double width = Math.exp(values[(BOX + 2) * plane + i]) * stride;
      double height = Math.exp(values[(BOX + 3) * plane + i]) * stride;
      double[] points = new double[COORDINATES];
      for (int k = 0; k < COORDINATES; k++) {
        int cell = k % 2 == 0 ? column : row;
        points[k] = (cell + values[(POINTS + k) * plane + i]) * stride;
      }
      faces.add(new Detection(score, x - width / 2, y - height / 2, width, height, points));
    }
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  /**
   * Keeps one of the detections of each face: the one with the highest score.
   *
   * @param faces not modified
   * @return the highest scores first
   */
  static List<Detection> suppress(List<Detection> faces) {
    List<Detection> sorted = new ArrayList<>(faces);
    sorted.sort(Comparator.comparingDouble(face -> -face.score()));
    List<Detection> kept = new ArrayList<>();
    for (Detection face : sorted) {
      if (kept.stream().noneMatch(better -> better.overlap(face) > SAME)) {
        kept.add(face);
      }
    }
    return kept;
  }
}
