/**
 * The {@code inpaint} command, and one short program for each way of using the library.
 *
 * <p>Each program is one file: {@code FillOnePhoto}, {@code ComposeByHand}, {@code
 * ProgressAndCancel}, {@code ManyImages}, {@code OwnBlender}.
 */
@NullMarked
package org.inpaint4j.examples;

import org.jspecify.annotations.NullMarked;
