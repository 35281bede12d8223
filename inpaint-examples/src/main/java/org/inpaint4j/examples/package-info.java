/**
 * One short program for each way of using the library. Each is one file with a {@code main}, which
 * {@code ./inpaint example NAME} runs; see docs/examples.md.
 */
@NullMarked
package org.inpaint4j.examples;

import org.jspecify.annotations.NullMarked;
