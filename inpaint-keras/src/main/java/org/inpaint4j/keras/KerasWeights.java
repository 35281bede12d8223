package org.inpaint4j.keras;

import com.google.common.base.Splitter;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.model.ModelFormatException;

/**
 * The weights of the layers of a file. An {@code .h5} file names them ({@code dense/kernel:0}); a
 * {@code .keras} file counts them ({@code layers/dense/vars/0}).
 */
final class KerasWeights {

  private static final Splitter PATH = Splitter.on('/').omitEmptyStrings();

  /** What Keras 3 calls the layers of a network, and Keras 2.13. */
  private static final List<String> CONTAINERS =
      List.of("layers", "_layer_checkpoint_dependencies");

  private final KerasFile file;
  private long read;

  KerasWeights(KerasFile file) {
    this.file = file;
  }

  /** The number of values that were read so far. */
  long read() {
    return read;
  }

  /**
   * Reads weights.
   *
   * @param layer for messages
   * @param name of the weights: kernel, bias, gamma, beta, moving_mean, moving_variance
   * @param index of the weights among those of the layer
   * @param shape that they must have
   * @return row-major
   */
  float[] of(KerasLayer layer, KerasPlace place, String name, int index, ImmutableIntArray shape)
      throws ModelFormatException {
    Optional<Long> array = file.zip() ? counted(place, index) : named(layer, place, name);
    if (array.isEmpty()) {
      throw layer.problem("have weights in the file", "no " + name);
    }
    float[] values = file.hdf().floats(array.get(), shape, layer.name() + "/" + name);
    read += values.length;
    return values;
  }

  private Optional<Long> counted(KerasPlace place, int index) throws ModelFormatException {
    for (String container : CONTAINERS) {
      List<String> path = new ArrayList<>();
      for (String group : place.path()) {
        path.add(container);
        path.add(group);
      }
      path.add("vars");
      path.add(Integer.toString(index));
      Optional<Long> found = file.hdf().find(file.hdf().root(), path);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Long> named(KerasLayer layer, KerasPlace place, String name)
      throws ModelFormatException {
    HdfFile hdf = file.hdf();
    Optional<Long> group = hdf.find(hdf.root(), List.of("model_weights", place.group()));
    if (group.isEmpty()) {
      return Optional.empty();
    }
    List<String> found = new ArrayList<>();
    for (String weights : names(group.get())) {
      List<String> path = PATH.splitToList(weights);
      String last = (path.isEmpty() ? "" : path.get(path.size() - 1)).replaceFirst(":\\d+$", "");
      boolean its =
          !place.isInner() || (path.size() > 1 && path.get(path.size() - 2).equals(place.name()));
      if (its && last.equals(name)) {
        found.add(weights);
      }
    }
    if (found.size() > 1) {
      throw layer.problem("have one " + name, found);
    }
    return found.isEmpty() ? Optional.empty() : hdf.find(group.get(), PATH.split(found.get(0)));
  }

  /** The names of the weights of a group, which Keras divides if there are many. */
  private List<String> names(long group) throws ModelFormatException {
    Optional<List<String>> names = file.hdf().texts(group, "weight_names");
    if (names.isPresent()) {
      return names.get();
    }
    List<String> all = new ArrayList<>();
    for (int i = 0; ; i++) {
      Optional<List<String>> part = file.hdf().texts(group, "weight_names" + i);
      if (part.isEmpty()) {
        return all;
      }
      all.addAll(part.get());
    }
  }
}
