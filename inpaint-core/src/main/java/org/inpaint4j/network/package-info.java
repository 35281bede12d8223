/** What networks and losses are to a latent search: parts of a SameDiff graph. */
@NullMarked
package org.inpaint4j.network;

import org.jspecify.annotations.NullMarked;
