package org.inpaint4j.studio;

import java.util.List;
import org.inpaint4j.image.InpaintWarning;

/** One fill of a picture: what was there before, and what was made, to choose from. */
final class Layer {

  /**
   * One filling.
   *
   * @param seed makes it again
   * @param pixels of the hole
   * @param patch the part of the reduced picture that shows it, as PNG
   * @param by who filled how much, for people
   * @param seconds how long it took
   * @param warnings why it may not be what was wanted
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; nobody else has the array
  record Candidate(
      long seed,
      HolePixels pixels,
      byte[] patch,
      String by,
      double seconds,
      List<InpaintWarning> warnings) {}

  /** What clients are told of a candidate. */
  record CandidateNote(long seed, String by, double seconds, List<WarningNote> warnings) {}

  /** What clients are told of a warning. */
  record WarningNote(String kind, String message) {}

  /** What clients are told of a fill. */
  record Note(
      String id, String method, Region region, int chosen, List<CandidateNote> candidates) {}

  private final String id = Secrets.id();
  private final String method;
  private final Region region;
  private final HolePixels before;
  private final List<Candidate> candidates;
  private final MemoryBudget.Share share;
  private volatile int chosen;

  Layer(
      String method,
      Region region,
      HolePixels before,
      List<Candidate> candidates,
      MemoryBudget.Share share) {
    this.method = method;
    this.region = region;
    this.before = before;
    this.candidates = List.copyOf(candidates);
    this.share = share;
  }

  String id() {
    return id;
  }

  HolePixels before() {
    return before;
  }

  /** What shows now. */
  Candidate chosen() {
    return candidates.get(chosen);
  }

  Candidate candidate(int number) {
    if (number < 0 || number >= candidates.size()) {
      throw Refusal.notFound(
          "a candidate must exist: expected one of " + candidates.size() + ", found " + number);
    }
    return candidates.get(number);
  }

  void choose(int number) {
    candidate(number);
    chosen = number;
  }

  Note note() {
    return new Note(
        id,
        method,
        region,
        chosen,
        candidates.stream()
            .map(
                made ->
                    new CandidateNote(
                        made.seed(),
                        made.by(),
                        made.seconds(),
                        made.warnings().stream().map(Layer::note).toList()))
            .toList());
  }

  static WarningNote note(InpaintWarning warning) {
    return new WarningNote(warning.kind().name(), warning.message());
  }

  /** Gives its memory back. */
  void forget() {
    share.close();
  }
}
