package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the tensors in what a {@link TorchPickle} made. */
final class TorchTensors {

  private TorchTensors() {}

  /**
   * The tensors of floating-point numbers in nested dictionaries, by their keys joined with dots,
   * in the order of the file. Entries below a key that is not a string are ignored.
   */
  static Map<String, TorchPickle.View> of(Source source, Object root) throws ModelFormatException {
    if (!(root instanceof LinkedHashMap<?, ?> dictionary)) {
      throw source.problem(
          "a checkpoint must hold a dictionary: found " + TorchPickle.describe(root));
    }
    Map<String, TorchPickle.View> tensors = new LinkedHashMap<>();
    // Dictionaries may be shared, so that there can be far more paths than dictionaries.
    List<String> path = new ArrayList<>();
    long[] paths = {1 << 20};
    collect(source, dictionary, path, paths, tensors);
    return tensors;
  }

  private static void collect(
      Source source,
      Map<?, ?> dictionary,
      List<String> path,
      long[] paths,
      Map<String, TorchPickle.View> tensors)
      throws ModelFormatException {
    if (path.size() > 16) {
      throw source.problem("dictionaries must be nested at most 16 deep");
    }
    for (Map.Entry<?, ?> entry : dictionary.entrySet()) {
      if (paths[0]-- == 0) {
        throw source.problem("a checkpoint must have at most a million keys");
      }
      if (!(entry.getKey() instanceof String key)) {
        continue;
      }
      path.add(key);
      if (entry.getValue() instanceof LinkedHashMap<?, ?> inner) {
        collect(source, inner, path, paths, tensors);
      } else if (entry.getValue() instanceof TorchPickle.View view
          && view.storage.type().isFloatingPoint()) {
        int length = path.stream().mapToInt(String::length).sum() + path.size();
        if (length > 512 || tensors.size() == 1 << 16) {
          throw source.problem("tensors must be at most 65536, with names up to 512 characters");
        }
        String name = String.join(".", path);
        if (tensors.put(name, view) != null) {
          throw source.problem("names of tensors must differ: found " + name + " twice");
        }
      }
      path.remove(path.size() - 1);
    }
  }
}
