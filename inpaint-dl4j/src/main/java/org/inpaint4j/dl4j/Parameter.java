package org.inpaint4j.dl4j;

/**
 * One array of a layer's parameters, in row-major order.
 *
 * @param shape its dimensions, outermost first. Not modified.
 * @param values its values. Not modified.
 */
@SuppressWarnings("ArrayRecordComponent") // carried from DL4J's arrays to the graph, never compared
record Parameter(int[] shape, float[] values) {}
