/** DeepLearning4J networks as generators, discriminators and features. */
@NullMarked
package org.inpaint4j.dl4j;

import org.jspecify.annotations.NullMarked;
