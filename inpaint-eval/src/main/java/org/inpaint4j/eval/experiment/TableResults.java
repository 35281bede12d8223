package org.inpaint4j.eval.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inpaint4j.eval.mask.MaskGenerator;
import org.inpaint4j.eval.picture.ImageSource;

/** All that the output files are made from. */
record TableResults(
    ImageSource source,
    List<MaskGenerator> masks,
    List<FillMethod> methods,
    Map<ImageRow.Key, ImageRow> rows,
    Map<ImageRow.Key, List<double[]>> traces) {

  /** The rows of one cell, in the order of the images. */
  List<ImageRow> of(String mask, String method) {
    List<ImageRow> cell = new ArrayList<>();
    for (int i = 0; i < source.size(); i++) {
      ImageRow row = rows.get(new ImageRow.Key(source.name(i), mask, method));
      if (row != null) {
        cell.add(row);
      }
    }
    return cell;
  }

  /** The time of all fillings of the table together. */
  double seconds() {
    double sum = 0;
    for (MaskGenerator mask : masks) {
      for (FillMethod method : methods) {
        sum += of(mask.name(), method.name()).stream().mapToDouble(ImageRow::seconds).sum();
      }
    }
    return sum;
  }
}
