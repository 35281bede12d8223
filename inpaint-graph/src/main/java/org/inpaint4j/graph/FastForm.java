package org.inpaint4j.graph;

/**
 * A faster form of one kind of op, which computes the same. Each implementation says what it
 * replaces and what that brings; its times are of a DCGAN-64 step on 2 cores.
 */
@FunctionalInterface
interface FastForm {

  /**
   * Writes the faster form of an op, if it has one.
   *
   * @param op an op of the plan, of any kind. Not modified.
   * @param plan takes the ops of the faster form, in running order. Not modified if the result is
   *     false.
   * @return whether the op was replaced
   */
  boolean replace(PlanOp op, Rewriting plan);
}
