/** The {@code inpaint} command. */
@NullMarked
package org.inpaint4j.cli;

import org.jspecify.annotations.NullMarked;
