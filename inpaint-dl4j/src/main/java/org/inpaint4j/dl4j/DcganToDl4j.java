package org.inpaint4j.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.Weights;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Builds DL4J networks of the layers of a DCGAN, batch norm not folded, so that they train. */
final class DcganToDl4j {

  private static final int KERNEL = 4;
  private static final double LEAK = 0.2;

  /** PyTorch's default, which a {@link Dcgan} has. */
  private static final double EPSILON = 1e-5;

  private final Weights weights;
  private final List<org.deeplearning4j.nn.conf.layers.Layer> layers = new ArrayList<>();

  /** What the parameters of each layer are called in the weights; empty if it has none. */
  private final List<String> names = new ArrayList<>();

  private DcganToDl4j(Weights weights) {
    this.weights = weights;
  }

  static MultiLayerNetwork generator(Weights file) throws ModelFormatException {
    Dcgan.generator(file); // checks all shapes
    DcganToDl4j export = new DcganToDl4j(Dcgan.generatorWeights(file));
    List<Integer> indices = export.convolutions();
    for (int index : indices) {
      int[] shape = export.shape(index);
      boolean first = index == 0;
      export.add(
          new Deconvolution2D.Builder(KERNEL, KERNEL)
              .stride(first ? 1 : 2, first ? 1 : 2)
              .padding(first ? 0 : 1, first ? 0 : 1)
              .nIn(shape[0])
              .nOut(shape[1])
              .hasBias(false)
              .activation(Activation.IDENTITY)
              .build(),
          "main." + index);
      if (index != indices.get(indices.size() - 1)) {
        export.addNorm(index + 1, shape[1]);
        export.add(new ActivationLayer(Activation.RELU), "");
      }
    }
    export.add(new CnnLossLayer.Builder(LossFunction.MSE).activation(Activation.TANH).build(), "");
    return export.network(0, new FeedForwardToCnnPreProcessor(1, 1, export.shape(0)[0]));
  }

  static MultiLayerNetwork discriminator(Weights file) throws ModelFormatException {
    Dcgan.discriminator(file); // checks all shapes
    DcganToDl4j export = new DcganToDl4j(Dcgan.discriminatorWeights(file));
    if (!Dcgan.hasBatchNorm(export.weights)) {
      throw new ModelFormatException(
          "a DCGAN for DL4J",
          "the discriminator must have batch norm: found instance norm, which DL4J has not");
    }
    List<Integer> indices = export.convolutions();
    for (int index : indices) {
      int[] shape = export.shape(index);
      boolean last = index == indices.get(indices.size() - 1);
      export.add(
          new ConvolutionLayer.Builder(KERNEL, KERNEL)
              .stride(last ? 1 : 2, last ? 1 : 2)
              .padding(last ? 0 : 1, last ? 0 : 1)
              .nIn(shape[1])
              .nOut(shape[0])
              .hasBias(false)
              .activation(Activation.IDENTITY)
              .build(),
          "main." + index);
      if (index != 0 && !last) {
        export.addNorm(index + 1, shape[0]);
      }
      if (!last) {
        export.add(new ActivationLayer(new ActivationLReLU(LEAK)), "");
      }
    }
    export.add(new LossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build(), "");
    return export.network(export.layers.size() - 1, new CnnToFeedForwardPreProcessor(1, 1, 1));
  }

  /** The places of the convolutions in {@code main}: their weights alone have four dimensions. */
  private List<Integer> convolutions() {
    return weights.names().stream()
        .filter(name -> name.matches("main\\.\\d+\\.weight") && weights.shape(name).length == 4)
        .map(name -> Integer.valueOf(name.substring("main.".length(), name.lastIndexOf('.'))))
        .sorted()
        .toList();
  }

  private int[] shape(int index) {
    return weights.shape("main." + index + ".weight");
  }

  private void add(org.deeplearning4j.nn.conf.layers.Layer layer, String name) {
    layers.add(layer);
    names.add(name);
  }

  private void addNorm(int index, int channels) {
    add(
        new BatchNormalization.Builder()
            .nIn(channels)
            .nOut(channels)
            .eps(EPSILON)
            .decay(0.9)
            .useLogStd(false)
            .build(),
        "main." + index);
  }

  private MultiLayerNetwork network(int preprocessed, InputPreProcessor preprocessor) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().updater(new Adam(2e-4, 0.5, 0.999, 1e-8)).list();
    layers.forEach(list::layer);
    list.inputPreProcessor(preprocessed, preprocessor);
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = network.getLayer(i);
      String name = names.get(i) + ".";
      if (layers.get(i) instanceof BatchNormalization) {
        set(layer, "gamma", name + "weight");
        set(layer, "beta", name + "bias");
        set(layer, "mean", name + "running_mean");
        set(layer, "var", name + "running_var");
      } else if (!name.equals(".")) {
        // PyTorch has the dimensions of both convolutions in DL4J's order.
        set(layer, "W", name + "weight");
      }
    }
    return network;
  }

  private void set(Layer layer, String parameter, String name) {
    INDArray target = layer.getParam(parameter);
    long[] shape = Arrays.stream(weights.shape(name)).asLongStream().toArray();
    target.assign(Nd4j.create(weights.values(name), shape, 'c').reshape(target.shape()));
  }
}
