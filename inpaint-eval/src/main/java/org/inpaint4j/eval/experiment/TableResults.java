package org.inpaint4j.eval.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inpaint4j.eval.mask.MaskSource;

/** All that the output files are made from. */
record TableResults(
    TableImages images,
    List<MaskSource> masks,
    List<TableMethod> methods,
    Map<ImageRow.Key, ImageRow> rows,
    Map<ImageRow.Key, List<double[]>> traces) {

  /** The rows of one cell, in the order of the images. */
  List<ImageRow> of(MaskSource mask, String method) {
    List<ImageRow> cell = new ArrayList<>();
    for (String image : images.names(mask)) {
      ImageRow row = rows.get(new ImageRow.Key(image, mask.name(), method));
      if (row != null) {
        cell.add(row);
      }
    }
    return cell;
  }

  /** The time of all fillings of the table together, but for those of other programs. */
  double seconds() {
    double sum = 0;
    for (MaskSource mask : masks) {
      for (TableMethod method : methods) {
        sum +=
            of(mask, method.name()).stream()
                .mapToDouble(ImageRow::seconds)
                .filter(Double::isFinite)
                .sum();
      }
    }
    return sum;
  }
}
