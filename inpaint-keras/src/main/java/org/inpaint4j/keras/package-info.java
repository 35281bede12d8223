/** Generators in files of Keras as parts of a SameDiff graph, so that they can be searched. */
@NullMarked
package org.inpaint4j.keras;

import org.jspecify.annotations.NullMarked;
