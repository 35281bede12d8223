package org.inpaint4j.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The stage in which each variable of a plan is computed, and the op after which it is no longer
 * read.
 *
 * <p>Each input has a stage. An op belongs to the last stage among its inputs; ops that depend on
 * constants alone belong to none. A variable is passing if all its readers run in the stage that
 * computes it, and it is not read between runs. Its memory may then serve later ops, those of other
 * stages included, since a stage is always run as a whole or not at all.
 */
final class Lifetimes {

  /** The stage of what never changes. */
  static final int CONSTANT = -1;

  /** Ops that look only at the shape of their first input, which is fixed. */
  private static final Set<String> SHAPE_ONLY =
      Set.of("shape_of", "reduce_sum_bp", "reduce_mean_bp", "zeros_as", "ones_as", "size", "rank");

  private final int[] stages;
  private final Map<String, Integer> stageOf = new HashMap<>();

  /** For each variable, the variable whose memory it shares: for a view that of its input. */
  private final Map<String, String> owners = new HashMap<>();

  private final Set<String> passing = new HashSet<>();

  /** For each op, the passing variables that nobody reads after it. */
  private final List<List<String>> ending = new ArrayList<>();

  /**
   * Works out the lifetimes.
   *
   * @param ops in running order
   * @param inputs the names of the inputs of each stage
   * @param wanted the variables that are read after runs
   */
  Lifetimes(List<PlanOp> ops, List<Set<String>> inputs, Set<String> wanted) {
    for (int stage = 0; stage < inputs.size(); stage++) {
      for (String name : inputs.get(stage)) {
        stageOf.put(name, stage);
      }
    }
    this.stages = new int[ops.size()];
    Map<String, Integer> last = new HashMap<>();
    Set<String> staying = new HashSet<>();
    for (int i = 0; i < stages.length; i++) {
      PlanOp op = ops.get(i);
      stages[i] = stage(op);
      for (String name : read(op)) {
        String owner = owner(name);
        last.put(owner, i);
        if (stageOf(name) != stages[i]) {
          staying.add(owner);
        }
      }
      for (String output : op.outputs()) {
        stageOf.put(output, stages[i]);
        owners.put(output, BoundOp.mayBeView(op) ? owner(op.input(0)) : output);
        last.put(owner(output), i);
      }
      ending.add(new ArrayList<>());
    }
    wanted.forEach(name -> staying.add(owner(name)));
    last.forEach(
        (name, op) -> {
          if (owners.containsKey(name) && stageOf(name) != CONSTANT && !staying.contains(name)) {
            passing.add(name);
            ending.get(op).add(name);
          }
        });
  }

  private int stage(PlanOp op) {
    return read(op).stream().mapToInt(this::stageOf).max().orElse(CONSTANT);
  }

  private int stageOf(String name) {
    return stageOf.getOrDefault(name, CONSTANT);
  }

  private String owner(String name) {
    return owners.getOrDefault(name, name);
  }

  private static List<String> read(PlanOp op) {
    List<String> inputs = op.inputs();
    return SHAPE_ONLY.contains(op.name()) ? inputs.subList(1, inputs.size()) : inputs;
  }

  /** The stage that the op of this index belongs to, or {@link #CONSTANT}. */
  int stage(int op) {
    return stages[op];
  }

  /** Whether a variable's memory may be used for other variables before and after. */
  boolean isPassing(String name) {
    return passing.contains(owner(name));
  }

  /** The variables whose memory is free once the op of this index has run. */
  List<String> endingAfter(int op) {
    return ending.get(op);
  }
}
