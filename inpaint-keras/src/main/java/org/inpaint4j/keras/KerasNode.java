package org.inpaint4j.keras;

import java.util.List;

/**
 * A layer in its place in the network.
 *
 * @param inputs the names of what it takes
 * @param output the name of what it makes
 */
record KerasNode(KerasLayer layer, KerasPlace place, List<String> inputs, String output) {}
