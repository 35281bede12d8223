/** Models of faces with their weights. */
@NullMarked
package org.inpaint4j.faces;

import org.jspecify.annotations.NullMarked;
