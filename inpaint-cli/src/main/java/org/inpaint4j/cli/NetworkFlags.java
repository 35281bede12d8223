package org.inpaint4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.inpaint4j.train.Trainer;
import org.inpaint4j.train.TrainingImages;
import org.jspecify.annotations.Nullable;

/** What {@code inpaint train} trains, with the options that only this network has. */
interface NetworkFlags {

  /**
   * The options that all networks have.
   *
   * @param size height and width of the images
   * @param batch images in a batch; empty for the network's own
   * @param average how much of the moving average is kept; empty for the network's own
   * @param flips whether images are mirrored at random
   * @param loss what a network that is searched is trained for
   * @param seed of everything that is drawn
   */
  record Common(
      int size,
      Optional<Integer> batch,
      Optional<Double> average,
      boolean flips,
      LossFlags loss,
      long seed) {}

  /** One of these options that was given, if one was. */
  Optional<String> given();

  /** The channels of the images. */
  int channels();

  /** Whether {@link LossFlags} are for it. */
  default boolean hasLossFlags() {
    return true;
  }

  /** How often each image is seen, unless the user says it. */
  default int epochs() {
    return 25;
  }

  /** Whether there is a loss of reconstruction to show. */
  boolean reconstructs();

  /**
   * A builder of the trainer.
   *
   * @throws IllegalArgumentException if an option cannot be
   */
  Trainer.Builder<?> builder(TrainingImages images, Path file, Common common);

  /**
   * Writes what there is besides the model, after the training: nothing, unless a network has it.
   */
  default void finish(Trainer trainer, Path file) throws IOException {}

  /** The first name that is there. */
  static Optional<String> first(@Nullable String... names) {
    return Arrays.stream(names).filter(Objects::nonNull).map(String::valueOf).findFirst();
  }
}
