/** A latent step in libtorch, driven over standard input and output by the benchmark. */
@NullMarked
package org.inpaint4j.bench.libtorch;

import org.jspecify.annotations.NullMarked;
