package org.inpaint4j.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a task says of a part of a table.
 *
 * @param <T> what is done with a part
 * @param value what was done; null if there is an error
 * @param error what is wrong with an image, for the person whose table it is; null if nothing is
 */
record TableAnswer<T extends Serializable>(@Nullable T value, @Nullable String error)
    implements Serializable {}
