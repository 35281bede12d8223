package org.inpaint4j.model;

import org.nd4j.autodiff.samediff.SameDiff;

/** What all networks do to a graph. */
final class Graphs {

  private Graphs() {}

  /**
   * A prefix for names, {@code name/} or {@code name_1/} and so on, that no variable of the graph
   * has yet, so that a network can be added more than once.
   */
  static String freshScope(SameDiff graph, String name) {
    for (int i = 0; ; i++) {
      String prefix = (i == 0 ? name : name + "_" + i) + "/";
      if (graph.variableMap().keySet().stream().noneMatch(v -> v.startsWith(prefix))) {
        return prefix;
      }
    }
  }
}
