/** Pictures for tables: read from folders and zip files, written as PNG. */
@NullMarked
package org.inpaint4j.eval.picture;

import org.jspecify.annotations.NullMarked;
