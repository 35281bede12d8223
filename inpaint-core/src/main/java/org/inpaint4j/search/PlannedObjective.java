package org.inpaint4j.search;

import org.inpaint4j.image.Size;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.graph.BoundOp;
import org.inpaint4j.graph.FloatTransfer;
import org.inpaint4j.graph.StaticPlan;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Problem;
import org.inpaint4j.network.Discriminator;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LossTerm;

/** Evaluates a {@link SearchGraph} by a {@link StaticPlan}. */
final class PlannedObjective implements LatentObjective {

  private final SearchGraph graph;
  private final StaticPlan plan;

  /** The ops of the losses and the images, without gradients. */
  private final List<BoundOp> forward;

  private final int images;
  private final ImageShape shape;
  private final FloatTransfer latent;
  private final FloatTransfer gradient;
  private final FloatTransfer generated;
  private final List<FloatTransfer> terms = new ArrayList<>();

  PlannedObjective(
      Generator generator,
      Optional<Discriminator> discriminator,
      List<LossTerm> losses,
      int images) {
    this.images = images;
    this.shape = generator.imageShape();
    this.graph = new SearchGraph(generator, discriminator, losses, images);
    ImmutableSet<String> wanted =
        ImmutableSet.<String>builder()
            .add(graph.gradient(), graph.generated())
            .addAll(graph.terms())
            .build();
    this.plan = StaticPlan.compile(graph.graph(), SearchGraph.LATENT, wanted);
    this.forward =
        plan.perStep(
            ImmutableSet.<String>builder().add(graph.generated()).addAll(graph.terms()).build());
    this.latent = transfer(SearchGraph.LATENT);
    this.gradient = transfer(graph.gradient());
    this.generated = transfer(graph.generated());
    graph.terms().forEach(term -> terms.add(transfer(term)));
  }

  private FloatTransfer transfer(String variable) {
    return new FloatTransfer(plan.array(variable), images);
  }

  @Override
  public int images() {
    return images;
  }

  @Override
  public void load(List<Problem> problems) {
    FloatTransfer target = transfer(SearchGraph.TARGET);
    FloatTransfer mask = transfer(SearchGraph.MASK);
    for (int n = 0; n < images; n++) {
      Problem problem = problems.get(n);
      target.write(n, problem.target().samples());
      mask.write(n, known(problem.mask()));
    }
    target.flush();
    mask.flush();
    for (SearchGraph.Derived derived : graph.derived()) {
      FloatTransfer input = transfer(derived.name());
      float[] values = new float[0];
      for (int n = 0; n < images; n++) {
        Problem problem = problems.get(n);
        // The starts of an image stand side by side.
        if (n == 0 || !problem.equals(problems.get(n - 1))) {
          values = derived.computation().compute(problem.target(), problem.mask());
        }
        input.write(n, values);
      }
      input.flush();
    }
    plan.runPerImage();
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
    write(latents);
    plan.runPerStep();
    gradient.fetch();
    for (int n = 0; n < images; n++) {
      gradient.read(n, gradients[n]);
    }
    read(losses);
  }

  @Override
  public void evaluate(float[][] latents, double[][] losses) {
    write(latents);
    forward.forEach(BoundOp::run);
    read(losses);
  }

  private void write(float[][] latents) {
    for (int n = 0; n < images; n++) {
      latent.write(n, latents[n]);
    }
    latent.flush();
  }

  private void read(double[][] losses) {
    float[] value = new float[1];
    for (int t = 0; t < terms.size(); t++) {
      terms.get(t).fetch();
      for (int n = 0; n < images; n++) {
        terms.get(t).read(n, value);
        losses[t][n] = value[0];
      }
    }
  }

  @Override
  public ImagePlanes generated(int place) {
    float[] samples = new float[shape.size()];
    generated.fetch();
    generated.read(place, samples);
    return new ImagePlanes(shape.channels(), new Size(shape.width(), shape.height()), samples);
  }

  @Override
  public void close() {
    // The weights belong to the generator, which may share them between graphs; ND4J frees them
    // when nothing refers to them any more.
    plan.close();
  }
}
