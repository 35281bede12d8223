/** Measures of fills, and distances between sets of pictures. */
@NullMarked
package org.inpaint4j.eval.metric;

import org.jspecify.annotations.NullMarked;
