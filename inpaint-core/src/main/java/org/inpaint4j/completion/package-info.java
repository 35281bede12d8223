/** Fills by one pass of a network that sees the known pixels. */
@NullMarked
package org.inpaint4j.completion;

import org.jspecify.annotations.NullMarked;
