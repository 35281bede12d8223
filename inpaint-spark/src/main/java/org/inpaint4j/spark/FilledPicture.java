package org.inpaint4j.spark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.FillMap;
import org.inpaint4j.InpaintResult;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** What became of a picture: a file, or an error. */
final class FilledPicture {

  private final byte @Nullable [] file;
  private final @Nullable Map<String, Integer> fillers;
  private final List<String> warnings;
  private final @Nullable Map<String, String> provenance;
  private final @Nullable String error;

  private FilledPicture(
      byte @Nullable [] file,
      @Nullable Map<String, Integer> fillers,
      List<String> warnings,
      @Nullable Map<String, String> provenance,
      @Nullable String error) {
    this.file = file;
    this.fillers = fillers;
    this.warnings = warnings;
    this.provenance = provenance;
    this.error = error;
  }

  /** A picture that could not be filled; the error is one sentence. */
  static FilledPicture failed(String error) {
    return new FilledPicture(null, null, List.of(), null, error);
  }

  /** A picture that was filled: the bytes of its file, not copied; the warnings are sentences. */
  static FilledPicture of(byte[] file, InpaintResult result, List<String> warnings) {
    Map<String, Integer> fillers = new LinkedHashMap<>();
    for (FillMap.Share share : result.map().shares()) {
      fillers.merge(share.filler(), share.count(), Integer::sum);
    }
    Map<String, String> provenance = new LinkedHashMap<>(result.provenance().filler());
    result
        .provenance()
        .versions()
        .forEach((name, version) -> provenance.put("version " + name, version));
    return new FilledPicture(file, fillers, warnings, provenance, null);
  }

  /** Adds the values in the order of the columns of results. Spark takes Scala's collections. */
  void addTo(List<@Nullable Object> row, long seed) {
    row.add(file);
    row.add(seed);
    row.add(fillers == null ? null : CollectionConverters.asScala(fillers));
    row.add(CollectionConverters.asScala(warnings).toSeq());
    row.add(provenance == null ? null : CollectionConverters.asScala(provenance));
    row.add(error);
  }
}
