package org.inpaint4j.search;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.inpaint4j.graph.GraphPlan;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;

/** Evaluates a {@link SearchGraph} by a {@link GraphPlan}. */
final class PlannedObjective implements LatentObjective {

  /** The stage of what depends on the images but not on the latents. */
  private static final int IMAGES = 0;

  /** The stage of what depends on the latents. */
  private static final int LATENTS = 1;

  private final SearchGraph graph;
  private final GraphPlan plan;

  /** Losses and images, without gradients. */
  private final Runnable forward;

  private final int images;
  private final ImageShape shape;
  private final float[] term;

  PlannedObjective(
      Generator generator,
      Optional<Discriminator> discriminator,
      List<LossTerm> losses,
      int images) {
    this.images = images;
    this.shape = generator.imageShape();
    this.term = new float[images];
    this.graph = new SearchGraph(generator, discriminator, losses, images);
    ImmutableSet<String> forwardWanted =
        ImmutableSet.<String>builder().add(graph.generated()).addAll(graph.terms()).build();
    ImmutableSet<String> wanted =
        ImmutableSet.<String>builder().add(graph.gradient()).addAll(forwardWanted).build();
    ImmutableSet.Builder<String> perImage = ImmutableSet.builder();
    perImage.add(SearchGraph.TARGET, SearchGraph.MASK);
    graph.derived().forEach(derived -> perImage.add(derived.name()));
    this.plan =
        GraphPlan.frozen(
            graph.graph(), List.of(perImage.build(), Set.of(SearchGraph.LATENT)), wanted);
    this.forward = plan.part(LATENTS, forwardWanted);
  }

  @Override
  public int images() {
    return images;
  }

  @Override
  public void load(List<Problem> problems) {
    plan.setItems(
        SearchGraph.TARGET, problems.stream().map(problem -> problem.target().samples()).toList());
    plan.setItems(
        SearchGraph.MASK, problems.stream().map(problem -> known(problem.mask())).toList());
    for (SearchGraph.Derived derived : graph.derived()) {
      List<float[]> items = new ArrayList<>();
      for (int n = 0; n < images; n++) {
        Problem problem = problems.get(n);
        // The starts of an image stand side by side.
        boolean again = n > 0 && problem.equals(problems.get(n - 1));
        items.add(
            again
                ? items.get(n - 1)
                : derived.computation().compute(problem.target(), problem.mask()));
      }
      plan.setItems(derived.name(), items);
    }
    plan.run(IMAGES);
  }

  private static float[] known(Mask mask) {
    float[] known = new float[mask.width() * mask.height()];
    for (int y = 0, i = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++, i++) {
        known[i] = mask.isHole(x, y) ? 0 : 1;
      }
    }
    return known;
  }

  @Override
  public void evaluate(float[][] latents, double[][] losses, float[][] gradients) {
    plan.setItems(SearchGraph.LATENT, List.of(latents));
    plan.run(LATENTS);
    for (int n = 0; n < images; n++) {
      plan.getItem(graph.gradient(), n, gradients[n]);
    }
    read(losses);
  }

  @Override
  public void evaluate(float[][] latents, double[][] losses) {
    plan.setItems(SearchGraph.LATENT, List.of(latents));
    forward.run();
    read(losses);
  }

  private void read(double[][] losses) {
    for (int t = 0; t < losses.length; t++) {
      plan.get(graph.terms().get(t), term, 0);
      for (int n = 0; n < images; n++) {
        losses[t][n] = term[n];
      }
    }
  }

  @Override
  public ImagePlanes generated(int place) {
    float[] samples = new float[shape.size()];
    plan.getItem(graph.generated(), place, samples);
    return new ImagePlanes(shape.channels(), shape.pixels(), samples);
  }

  @Override
  public void close() {
    // The weights belong to the generator, which may share them between graphs; ND4J frees them
    // when nothing refers to them any more.
    plan.close();
  }
}
