/**
 * The engine: {@link org.inpaint4j.graph.GraphPlan} runs a SameDiff graph many times. It knows
 * neither pictures nor searches.
 */
@NullMarked
package org.inpaint4j.graph;

import org.jspecify.annotations.NullMarked;
