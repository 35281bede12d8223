package org.inpaint4j.eval.experiment;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of the report.
 *
 * @param header the cells above the columns
 * @param rows from top to bottom
 */
record ReportTable(List<Cell> header, List<Row> rows) {

  /**
   * A row.
   *
   * @param first whether a block of rows begins here
   * @param cells from left to right
   */
  record Row(boolean first, List<Cell> cells) {}

  /**
   * A cell.
   *
   * @param text unescaped
   * @param style a class of the template's style sheet; empty for a number
   */
  record Cell(String text, String style) {

    static Cell name(String text) {
      return new Cell(text, "name");
    }

    static Cell number(String text) {
      return new Cell(text, "");
    }

    static Cell best(String text) {
      return new Cell(text, "best");
    }
  }

  /** A header: columns of names, then a column of numbers for each method. */
  static List<Cell> header(List<Cell> names, List<String> methods) {
    List<Cell> header = new ArrayList<>(names);
    methods.forEach(method -> header.add(Cell.number(method)));
    return header;
  }

  /** The table of some metrics, with the kind of mask on the first row of each. */
  static ReportTable of(List<TableLayout.Line> lines, List<String> methods) {
    List<Row> rows = new ArrayList<>();
    String mask = "";
    for (TableLayout.Line line : lines) {
      boolean first = !line.mask().equals(mask);
      mask = line.mask();
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.name(first ? mask : ""));
      cells.add(Cell.name(line.metric()));
      for (int i = 0; i < methods.size(); i++) {
        String value = line.values().get(i);
        cells.add(line.best().get(i) ? Cell.best(value) : Cell.number(value));
      }
      rows.add(new Row(first, cells));
    }
    return new ReportTable(header(List.of(Cell.name("mask"), Cell.name("metric")), methods), rows);
  }
}
