/** Comparisons with other libraries, each a program that prints its table. */
@NullMarked
package org.inpaint4j.bench;

import org.jspecify.annotations.NullMarked;
