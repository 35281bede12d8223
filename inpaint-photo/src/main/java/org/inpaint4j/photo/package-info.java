/** Fills holes of any photo, and chooses by itself what fills which part. */
@NullMarked
package org.inpaint4j.photo;

import org.jspecify.annotations.NullMarked;
