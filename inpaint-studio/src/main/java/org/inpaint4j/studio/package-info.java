/** A page with a brush, served from one's own machine, and the HTTP interface behind it. */
@NullMarked
package org.inpaint4j.studio;

import org.jspecify.annotations.NullMarked;
