package org.inpaint4j.keras;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Optional;
import org.inpaint4j.model.ModelFormatException;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** In which order a Keras network keeps images. Here they are [channels, rows, columns] always. */
enum Layout {
  CHANNELS_LAST("channels_last"),
  CHANNELS_FIRST("channels_first");

  private static final String SETTING = "data_format";

  private final String text;

  Layout(String text) {
    this.text = text;
  }

  /**
   * The one that all layers have that tell one. Flatten is not asked: its setting says in which
   * order the values come out.
   */
  static Layout of(KerasNetwork network) throws ModelFormatException {
    Optional<Layout> told = Optional.empty();
    for (KerasNode node : network.nodes()) {
      KerasLayer layer = node.layer();
      if (layer.kind().equals("Flatten")) {
        continue;
      }
      Optional<Layout> found = of(layer);
      if (told.isPresent() && found.isPresent() && !told.equals(found)) {
        throw layer.problem("keep images as the layers before it, " + told.get(), found.get());
      }
      told = told.or(() -> found);
    }
    return told.orElse(CHANNELS_LAST);
  }

  static Optional<Layout> of(KerasLayer layer) throws ModelFormatException {
    String found = layer.text(SETTING, "");
    for (Layout layout : values()) {
      if (layout.text.equals(found)) {
        return Optional.of(layout);
      }
    }
    if (!found.isEmpty()) {
      throw layer.problem("be channels_last or channels_first", found);
    }
    return Optional.empty();
  }

  /** The shape of an image of the network as [channels, rows, columns]; others as they are. */
  int[] toImage(ImmutableIntArray shape) {
    return this == CHANNELS_LAST && shape.length() == 3
        ? new int[] {shape.get(2), shape.get(0), shape.get(1)}
        : shape.toArray();
  }

  /** The axis of [N, C, H, W], or of another array of that rank, that an axis of Keras is. */
  int axis(int axis, int rank) {
    int counted = axis < 0 ? axis + rank : axis;
    if (counted < 0 || counted >= rank) {
      return -1;
    }
    boolean moved = this == CHANNELS_LAST && rank == 4 && counted > 0;
    return moved ? (counted == 3 ? 1 : counted + 1) : counted;
  }

  /** [N, C, H, W] in the order of the network. */
  SDVariable fromImage(SameDiff graph, SDVariable image) {
    return this == CHANNELS_LAST ? graph.permute(image, 0, 2, 3, 1) : image;
  }

  /** [N, …] of the network as [N, C, H, W]. */
  SDVariable toImage(SameDiff graph, SDVariable value) {
    return this == CHANNELS_LAST ? graph.permute(value, 0, 3, 1, 2) : value;
  }

  @Override
  public String toString() {
    return text;
  }
}
