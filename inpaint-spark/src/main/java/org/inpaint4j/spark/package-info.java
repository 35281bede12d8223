/** Fills the pictures of a Spark dataset on the machines of a cluster. */
@NullMarked
package org.inpaint4j.spark;

import org.jspecify.annotations.NullMarked;
