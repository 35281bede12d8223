package org.inpaint4j.graph;

/**
 * A transposed convolution with a bias as one without and {@code biasadd}, to the same bits.
 *
 * <p>ND4J's own bias of deconv2d takes 5.5 ms for 16x64x32x32 values, {@code biasadd} 0.4 ms.
 */
final class BiasAfterwards implements FastForm {

  @Override
  public boolean replace(PlanOp op, Rewriting plan) {
    if (!op.name().equals("deconv2d")) {
      return false;
    }
    ConvolutionOp convolution = new ConvolutionOp(op);
    if (!convolution.hasBias() || convolution.isChannelsLast()) {
      return false;
    }
    String image = Rewriting.part(op, "image");
    plan.add(op.function(), convolution.withoutBias(), image);
    convolution.addBias(plan, image);
    return true;
  }
}
