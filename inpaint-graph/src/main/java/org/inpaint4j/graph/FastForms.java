package org.inpaint4j.graph;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/** A pass that replaces ops by faster ones that compute the same: see each {@link FastForm}. */
final class FastForms {

  /** All forms. */
  static final FastForms ALL =
      new FastForms(
          new LeakyReluAsMaximum(),
          new ReluSlope(),
          new ConvolutionAsProduct(),
          new TransposedConvolutionAsProduct(),
          new BiasAfterwards(),
          new ProductRowByRow(),
          new SumOfEachImage(),
          new ScaledChannelsGradient(),
          new PoolingByRows(),
          new ReverseAsGather());

  /** The forms that neither look at weights nor keep the images of a batch apart. */
  static final FastForms ELEMENTWISE =
      new FastForms(new LeakyReluAsMaximum(), new ReluSlope(), new ReverseAsGather());

  private final List<FastForm> forms;

  private FastForms(FastForm... forms) {
    this.forms = List.of(forms);
  }

  /**
   * Rewrites the ops. The first form that replaces an op is taken.
   *
   * @param ops in running order. Not modified.
   * @param variables shape and type of every variable
   * @param constants the arrays that never change, by name. Modified: new ones are added.
   * @return the new ops in running order
   */
  List<PlanOp> apply(
      List<PlanOp> ops,
      Map<String, LongShapeDescriptor> variables,
      Map<String, INDArray> constants) {
    Rewriting plan = new Rewriting(variables, constants);
    for (PlanOp op : ops) {
      boolean replaced = false;
      for (int i = 0; i < forms.size() && !replaced; i++) {
        replaced = forms.get(i).replace(op, plan);
      }
      if (!replaced) {
        plan.add(op);
      }
    }
    return plan.result();
  }
}
