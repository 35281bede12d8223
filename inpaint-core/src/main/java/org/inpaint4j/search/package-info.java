/** The latent search: it finds the latent whose image agrees with the known pixels. */
@NullMarked
package org.inpaint4j.search;

import org.jspecify.annotations.NullMarked;
