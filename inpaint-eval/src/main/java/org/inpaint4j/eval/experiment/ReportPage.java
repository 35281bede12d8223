package org.inpaint4j.eval.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What report.mustache shows. The components have the names that the template uses.
 *
 * @param title of the page
 * @param facts how the table came about
 * @param reference the reference's metrics
 * @param strips pictures for each kind of mask
 * @param looks means of the figures of the holes
 * @param medianLooks medians of the figures of the holes
 * @param inHole the reference's metrics inside the hole
 * @param field the field's metrics
 * @param holeSizes the metrics by hole size, for each kind of mask
 * @param losses losses against steps, if any method searches
 */
record ReportPage(
    String title,
    List<Fact> facts,
    ReportTable reference,
    List<MaskStrips> strips,
    ReportTable looks,
    ReportTable medianLooks,
    ReportTable inHole,
    ReportTable field,
    List<HoleSizes> holeSizes,
    @Nullable Plots losses) {

  /** A fact about the experiment. */
  record Fact(String name, String value) {}

  /** The pictures of one kind of mask, a row for each method. */
  record MaskStrips(String mask, List<StripRow> rows) {}

  /** A method's best, median and worst image. */
  record StripRow(String method, List<Strip> strips) {}

  /** One filled image: pictures from left to right, and its metrics as text. */
  record Strip(List<Picture> pictures, String figures) {}

  /** A PNG in Base64, with a description. */
  record Picture(String alt, String base64) {}

  /** The metrics of one kind of mask by hole size; plots if there is more than one size. */
  record HoleSizes(String mask, ReportTable table, @Nullable Plots plots) {}

  /** Charts with one key. */
  record Plots(List<KeyEntry> key, List<LineChart> charts) {}

  /** A method and the colour of its lines. */
  record KeyEntry(String name, String colour) {}
}
