/**
 * Pictures in and out of files: with their own samples, depth, colour profile and metadata,
 * upright, whole or not at all.
 */
@NullMarked
package org.inpaint4j.files;

import org.jspecify.annotations.NullMarked;
