package org.inpaint4j.eval.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inpaint4j.eval.mask.MaskSource;
import org.jspecify.annotations.Nullable;

/** Writes report.html: one file without scripts, with all pictures inside. */
final class Report {

  private Report() {}

  /**
   * Writes the report.
   *
   * @param folder where to
   * @param title of the page
   * @param facts how the table came about
   * @param distance the name of the distance between sets, if there is one
   * @param results all rows
   * @param cells the table
   * @throws IOException if a picture cannot be read or the report cannot be written
   */
  static void write(
      TableFolder folder,
      String title,
      Map<String, String> facts,
      @Nullable String distance,
      TableResults results,
      List<TableCell> cells)
      throws IOException {
    List<String> methods = results.methods().stream().map(TableMethod::name).toList();
    ReportPlots plots = new ReportPlots(results);
    ReportStrips pictures = new ReportStrips(folder, results);
    List<ReportPage.MaskStrips> strips = new ArrayList<>();
    List<ReportPage.HoleSizes> holeSizes = new ArrayList<>();
    for (MaskSource mask : results.masks()) {
      strips.add(pictures.of(mask));
      holeSizes.add(ReportHoleSizes.of(results, mask, methods, plots));
    }
    ReportPage page =
        new ReportPage(
            title,
            facts.entrySet().stream()
                .map(fact -> new ReportPage.Fact(fact.getKey(), fact.getValue()))
                .toList(),
            ReportTable.of(TableLayout.reference(cells, distance), methods),
            strips,
            ReportTable.of(TableLayout.looks(cells), methods),
            ReportTable.of(TableLayout.medianLooks(cells), methods),
            ReportTable.of(TableLayout.referenceInHole(cells), methods),
            ReportTable.of(TableLayout.field(cells), methods),
            holeSizes,
            plots.losses());
    TableFiles.replace(folder.file("report.html"), new ReportTemplate().html(page));
  }
}
