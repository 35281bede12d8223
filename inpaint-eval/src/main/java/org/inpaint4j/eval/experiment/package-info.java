/** The table: ways to fill, on the same pictures with the same masks, measured in the same way. */
@NullMarked
package org.inpaint4j.eval.experiment;

import org.jspecify.annotations.NullMarked;
