/**
 * Content-aware fill: holes of any photo, from the photo's own pixels.
 *
 * <p>Plain Java; no network, no native code.
 */
@NullMarked
package org.inpaint4j.patch;

import org.jspecify.annotations.NullMarked;
