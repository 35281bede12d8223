package org.inpaint4j.eval.experiment;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.inpaint4j.image.WholeFile;

/**
 * A CSV file that only grows, by whole rows.
 *
 * <p>Rows are added by one write of whole lines. When a run is killed during that write, the last
 * line has no end; it is cut off when the file is opened again, and its work is done again.
 */
final class RowLog {

  private final Path file;
  private final List<String> header;

  /**
   * Opens or creates a file and cuts off a line that was not written to its end.
   *
   * @throws IOException if the file has another header
   */
  RowLog(Path file, List<String> header) throws IOException {
    this(file, header, Set.of());
  }

  /**
   * The same for a file that may be older than some columns: they are added, and empty in the rows
   * that there are.
   *
   * @param later the columns that a file may lack
   * @throws IOException if the file has another header
   */
  RowLog(Path file, List<String> header, Set<String> later) throws IOException {
    this.file = file;
    this.header = List.copyOf(header);
    if (!Files.exists(file) || !mend(file)) {
      write(List.of(header));
      return;
    }
    List<List<String>> all = readAll();
    List<String> found = all.get(0);
    if (found.equals(this.header)) {
      return;
    }
    List<String> older =
        header.stream()
            .filter(column -> found.contains(column) || !later.contains(column))
            .toList();
    if (!found.equals(older)) {
      throw new IOException(
          "the header of " + file + " must be " + this.header + ": found " + found);
    }
    List<List<String>> rows = new ArrayList<>(List.of(this.header));
    all.subList(1, all.size()).forEach(row -> rows.add(withAllColumns(row, older)));
    WholeFile.write(file, out -> out.write(format(rows).getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> withAllColumns(List<String> row, List<String> columns) {
    return header.stream()
        .map(column -> columns.contains(column) ? row.get(columns.indexOf(column)) : "")
        .toList();
  }

  /** Cuts the file after its last line end; tells whether anything is left. */
  private static boolean mend(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    if (end < bytes.length) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(end);
      }
    }
    return end > 0;
  }

  /** All rows without the header. */
  List<List<String>> rows() throws IOException {
    List<List<String>> all = readAll();
    return all.subList(1, all.size());
  }

  private List<List<String>> readAll() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
      for (CsvRecord row : reader) {
        rows.add(row.getFields());
      }
    }
    return rows;
  }

  /** Adds rows, all or none of them. */
  synchronized void append(List<List<String>> rows) throws IOException {
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "a row must have " + header.size() + " fields: found " + row);
      }
    }
    write(rows);
  }

  private void write(List<List<String>> rows) throws IOException {
    // Not a FileChannel: that one gives up in the middle of a line when its thread is interrupted.
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(format(rows).getBytes(StandardCharsets.UTF_8));
    }
  }

  static String format(List<List<String>> rows) throws IOException {
    StringWriter text = new StringWriter();
    try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      for (List<String> row : rows) {
        writer.writeRecord(row);
      }
    }
    return text.toString();
  }
}
