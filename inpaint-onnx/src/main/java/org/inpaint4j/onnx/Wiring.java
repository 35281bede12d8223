package org.inpaint4j.onnx;

import ai.onnxruntime.OnnxJavaType;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.onnx.OnnxContract.Element;
import org.inpaint4j.onnx.OnnxContract.Inputs;
import org.inpaint4j.onnx.OnnxContract.Layout;

/**
 * Which inputs of a network take what.
 *
 * @param image the name of the input of the image
 * @param mask the name of the input of the mask, which is the same one if they are joined
 */
record Wiring(String image, String mask) {

  /**
   * Fits a contract to a network.
   *
   * @param file what the network is called in messages
   * @throws ModelFormatException if the network declares other inputs
   */
  static Wiring of(OnnxContract contract, List<Port> inputs, String file)
      throws ModelFormatException {
    if (contract.inputs() == Inputs.SEPARATE) {
      if (inputs.size() == 2) {
        for (int i = 0; i < 2; i++) {
          if (takes(contract, 3).test(inputs.get(i))
              && takes(contract, 1).test(inputs.get(1 - i))) {
            return new Wiring(inputs.get(i).name(), inputs.get(1 - i).name());
          }
        }
      }
    } else if (inputs.size() == 1 && takes(contract, 4).test(inputs.get(0))) {
      return new Wiring(inputs.get(0).name(), inputs.get(0).name());
    }
    throw new ModelFormatException(
        file,
        "the network must have the inputs of its contract ("
            + contract.name()
            + "): expected "
            + (contract.inputs() == Inputs.SEPARATE
                ? expected(contract, 3) + " and " + expected(contract, 1)
                : expected(contract, 4))
            + ", found "
            + inputs);
  }

  private static Predicate<Port> takes(OnnxContract contract, int channels) {
    boolean first = contract.layout() == Layout.CHANNELS_FIRST;
    OnnxJavaType type = type(contract.element());
    return port ->
        port.type() == type
            && port.allows(0, 1)
            && port.allows(first ? 1 : 3, channels)
            && port.allows(first ? 2 : 1, contract.size().height())
            && port.allows(first ? 3 : 2, contract.size().width());
  }

  /** What ONNX Runtime calls the type of elements. */
  static OnnxJavaType type(Element element) {
    return switch (element) {
      case FLOAT32 -> OnnxJavaType.FLOAT;
      case FLOAT16 -> OnnxJavaType.FLOAT16;
      case UINT8 -> OnnxJavaType.UINT8;
    };
  }

  private static String expected(OnnxContract contract, int channels) {
    int width = contract.size().width();
    int height = contract.size().height();
    return type(contract.element()).name().toLowerCase(Locale.ROOT)
        + (contract.layout() == Layout.CHANNELS_FIRST
            ? List.of(1, channels, height, width)
            : List.of(1, height, width, channels));
  }
}
