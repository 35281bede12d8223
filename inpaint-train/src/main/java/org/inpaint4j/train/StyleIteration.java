package org.inpaint4j.train;

/**
 * The iterations of a StyleGAN at one place of its schedule: an update of the discriminator, then
 * one of the generator, on the same generated images. What is computed is what {@code
 * tools/stylegan/train_stylegan.py} computes.
 */
final class StyleIteration implements AutoCloseable {

  /**
   * The losses of an iteration, each the mean over a batch.
   *
   * @param real of the discriminator, of real images
   * @param generated of the discriminator, of generated images
   * @param generator after the discriminator's update
   * @param penalty without its weight; 0 at an iteration without
   */
  record Losses(float real, float generated, float generator, float penalty) {

    static final int KINDS = 5;

    /** In the order of a {@link LossHistory}. */
    float[] inOrder() {
      return new float[] {real, generated, generator, 0, penalty};
    }
  }

  /**
   * What is learned.
   *
   * @param generator updated by each iteration
   * @param discriminator updated by each iteration
   */
  record Learned(Network generator, Network discriminator) {

    static Learned of(StyleGanOptions options) {
      StyleGanOptions.Schedule schedule = options.schedule();
      return new Learned(
          new Network(StyleShape.generator(options.networks()), schedule.generatorRates()),
          new Network(StyleShape.discriminator(options.networks()), schedule.discriminatorRates()));
    }
  }

  private final StyleGanOptions options;
  private final StylePlace place;
  private final Learned learned;
  private final StyleMaking making;
  private final StyleJudging judging;
  private final StyleLearner generator;
  private final StyleLearner discriminator;
  private final float[] images;

  /**
   * Makes the plans.
   *
   * @param place any of those that have these networks
   */
  StyleIteration(StyleGanOptions options, StylePlace place, Learned learned) {
    this.options = options;
    this.place = place;
    this.learned = learned;
    making = new StyleMaking(options, place, learned.generator.shape, learned.discriminator.shape);
    judging =
        new StyleJudging(
            options, place, learned.discriminator.shape, making.discriminator().arrays());
    double share = options.schedule().share(place.size());
    double ofMapping = share * options.schedule().mappingShare();
    generator =
        new StyleLearner(
            learned.generator,
            making.generator().shape(),
            name -> name.startsWith("style.") ? ofMapping : share);
    discriminator =
        new StyleLearner(learned.discriminator, making.discriminator().shape(), name -> share);

    images = new float[place.batch() * 3 * place.size() * place.size()];
    making.generator().set(learned.generator.values);
    making.discriminator().set(learned.discriminator.values);
  }

  StylePlace place() {
    return place;
  }

  /**
   * Updates both networks.
   *
   * @param alpha the share of the largest size
   */
  Losses run(StyleDraw draw, float alpha) {
    making.make(draw, alpha);
    making.images(images);
    judging.judge(draw.real(), images, alpha);
    float penalty = 0;
    if (draw.hasPenalty()) {

      float[] points = draw.points(images);
      penalty = judging.penalise(points, draw.moved(points, options.objective().deviation()));
    }
    discriminator.update(judging.gradient());
    making.discriminator().set(learned.discriminator.values);

    float loss = making.judge();
    generator.update(making.gradient());
    making.generator().set(learned.generator.values);
    return new Losses(judging.realLoss(), judging.generatedLoss(), loss, penalty);
  }

  @Override
  public void close() {
    judging.close();
    making.close();
  }
}
