package org.inpaint4j.train;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import javax.imageio.ImageIO;

/** A training small enough for tests; also a program of its own, which a test kills. */
final class SmallTraining {

  static final int IMAGES = 50;

  private SmallTraining() {}

  static TrainingOptions options() {
    return TrainingOptions.dcgan64().toBuilder()
        .imageSize(32)
        .latentSize(8)
        .filters(4)
        .batchSize(8)
        .averageDecay(0.9)
        .augmented(true)
        .reconstruction(100)
        .seed(3)
        .build();
  }

  /** Discs of random colour and place. */
  static void draw(Path folder, int count, int size) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(1);
    for (int n = 0; n < count; n++) {
      BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
      int colour = random.nextInt(0x1000000);
      int cx = size / 4 + random.nextInt(size / 2);
      int cy = size / 4 + random.nextInt(size / 2);
      for (int i = 0; i < size * size; i++) {
        int dx = i % size - cx;
        int dy = i / size - cy;
        if (16 * (dx * dx + dy * dy) < size * size) {
          image.setRGB(i % size, i / size, colour);
        }
      }
      ImageIO.write(image, "png", folder.resolve(n + ".png").toFile());
    }
  }

  /**
   * Trains without end, with a checkpoint after each iteration, and prints the number of each.
   *
   * @param args the folder of images, and the model
   */
  public static void main(String[] args) throws IOException {
    TrainingImages images = TrainingImages.read(Path.of(args[0]), 32, 3);
    try (DcganTrainer trainer =
        DcganTrainer.builder(images, Path.of(args[1]))
            .options(options())
            .checkpointEvery(Duration.ofNanos(1))
            .onProgress(
                progress -> {
                  System.out.println("iteration " + progress.iteration());
                  return true;
                })
            .build()) {
      trainer.train(Integer.MAX_VALUE, Duration.ofMinutes(5));
    }
  }
}
