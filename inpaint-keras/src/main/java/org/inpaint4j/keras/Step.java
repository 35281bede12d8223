package org.inpaint4j.keras;

/**
 * A layer with all its weights, ready to be added to any graph.
 *
 * @param made what comes out
 * @param emit adds it to a graph
 */
record Step(Signal made, Emit emit) {

  /** This step, and then another operation on what it makes. */
  Step then(Step next) {
    return new Step(
        next.made,
        (graph, name, x) ->
            next.emit.add(graph, name, java.util.List.of(emit.add(graph, name, x))));
  }
}
