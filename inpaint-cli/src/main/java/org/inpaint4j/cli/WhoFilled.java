package org.inpaint4j.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.inpaint4j.FillMap;
import org.inpaint4j.InpaintResult;

/** Says for people which filler filled what. */
final class WhoFilled {

  private WhoFilled() {}

  /**
   * One line: {@code A face (2736 pixels) by facecompletion, the rest by patches}.
   *
   * @param result with something filled
   */
  static String what(InpaintResult result) {
    long faces = result.parts().stream().filter(part -> part.framed().isPresent()).count();
    List<FillMap.Share> shares = result.map().shares();
    if (shares.size() == 1) {
      return faces == 0
          ? "All by " + shares.get(0).filler()
          : face(faces, shares.get(0)) + " and nothing else";
    }
    List<String> words = new ArrayList<>();
    int beside = faces > 0 ? shares.size() - 1 : shares.size();
    List<FillMap.Share> rest = new ArrayList<>(shares.subList(0, beside));
    rest.sort(Comparator.comparingInt(share -> -share.count()));
    if (faces > 0) {
      words.add(face(faces, shares.get(beside)));
    }
    for (FillMap.Share share : rest) {
      words.add(
          faces > 0 && rest.size() == 1
              ? "the rest by " + share.filler()
              : share.count() + (words.isEmpty() ? " pixels by " : " by ") + share.filler());
    }
    return String.join(", ", words);
  }

  /** The faces are the last to be filled. */
  private static String face(long faces, FillMap.Share share) {
    String what = faces == 1 ? "A face" : faces + " faces";
    return String.format(Locale.ROOT, "%s (%d pixels) by %s", what, share.count(), share.filler());
  }
}
