package org.inpaint4j.keras;

import com.google.common.collect.ImmutableList;
import java.util.Locale;

/**
 * Where the weights of a layer are, in both kinds of files.
 *
 * @param group in an {@code .h5} file, the name of the outermost layer that it is in, or its own
 * @param name of the layer itself
 * @param path in a {@code .keras} file, the names of the groups that lead to it: of its class, and
 *     counted, below those of the networks that it is in
 */
record KerasPlace(String group, String name, ImmutableList<String> path) {

  /** Whether the layer is in a network that is a layer itself. */
  boolean isInner() {
    return path.size() > 1;
  }

  /** The name of a class as Keras names groups: {@code Conv2DTranspose}, conv2d_transpose. */
  static String snake(String className) {
    return className
        .replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
