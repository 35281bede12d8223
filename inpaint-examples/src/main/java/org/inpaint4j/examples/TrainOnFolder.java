package org.inpaint4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.inpaint4j.train.DcganTrainer;
import org.inpaint4j.train.TrainingImages;
import org.inpaint4j.train.TrainingOptions;
import org.inpaint4j.train.TrainingResult;

/** Trains a model of one's own. A training that was stopped goes on where it was. */
final class TrainOnFolder {

  private TrainOnFolder() {}

  /**
   * Trains until it is done, or goes on with a training.
   *
   * @param args the folder of images, the model to write, how often each image is seen, the width
   *     of the images in pixels (32, 64 or 128)
   */
  public static void main(String[] args) throws IOException {
    TrainingOptions options =
        TrainingOptions.dcgan64().toBuilder().imageSize(Integer.parseInt(args[3])).build();
    int epochs = Integer.parseInt(args[2]);
    Duration time = Duration.ofDays(7);
    System.out.println(train(Path.of(args[0]), Path.of(args[1]), options, epochs, time));
  }

  /**
   * Trains.
   *
   * @param folder the images. Not modified.
   * @param model the model to write
   * @param options what to train
   * @param epochs how often each image is seen, over all calls
   * @param time ends this call even so
   * @return how it ended
   */
  static TrainingResult train(
      Path folder, Path model, TrainingOptions options, int epochs, Duration time)
      throws IOException {
    TrainingImages images = TrainingImages.read(folder, options.imageSize(), options.channels());
    try (DcganTrainer trainer =
        DcganTrainer.builder(images, model)
            .options(options)
            .resume(DcganTrainer.canResume(model))
            .build()) {
      return trainer.train(trainer.iterationsIn(epochs), time);
    }
  }
}
