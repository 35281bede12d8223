package org.inpaint4j.eval.mask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.image.Internal;

/** The kinds of masks that the commands of tables can name, generated or from files. */
@Internal
public final class NamedMasks {

  /** Stands for all parts of the face. */
  public static final String PARTS = "parts";

  private NamedMasks() {}

  /**
   * The masks of some names; those of files go before generated ones.
   *
   * @param files of which kinds can be named; empty for generated masks alone
   * @param names kinds of files, names of generators and {@value #PARTS}; none for the kinds of the
   *     files, or the three of the paper
   * @return each kind once
   * @throws IllegalArgumentException if a name is not known
   */
  public static List<MaskSource> of(Optional<MaskFiles> files, List<String> names) {
    List<String> own = files.map(MaskFiles::kinds).orElse(List.of());
    List<String> wanted = names;
    if (names.isEmpty()) {
      wanted = files.isPresent() ? own : MaskGenerator.names().subList(0, 3);
    }
    Map<String, MaskSource> kinds = new LinkedHashMap<>();
    for (String name : wanted) {
      for (MaskSource kind : named(files, own, name)) {
        kinds.putIfAbsent(kind.name(), kind);
      }
    }
    return List.copyOf(kinds.values());
  }

  private static List<? extends MaskSource> named(
      Optional<MaskFiles> files, List<String> own, String name) {
    if (own.contains(name)) {
      return List.of(files.orElseThrow().kind(name));
    }
    if (name.equals(PARTS)) {
      return MaskGenerator.parts();
    }
    try {
      return List.of(MaskGenerator.named(name));
    } catch (IllegalArgumentException e) {
      List<String> known = new ArrayList<>(own);
      known.addAll(MaskGenerator.names());
      known.add(PARTS);
      throw new IllegalArgumentException(
          "the name of a mask must be known: expected one of " + known + ", found " + name, e);
    }
  }
}
