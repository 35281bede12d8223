package org.inpaint4j.onnx;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import org.inpaint4j.image.Size;
import org.inpaint4j.network.ValueRange;

/**
 * What an inpainting network is to be fed, and what its output means. An ONNX file says neither
 * which samples are white nor where a mask is 1; {@link OnnxModel#load(java.nio.file.Path)} finds
 * it out, and {@link OnnxModel#load(java.nio.file.Path, OnnxContract)} takes it as it is given.
 *
 * <p>Images have three channels. Masks have one, with two values and none between them.
 *
 * @param name what it is called in messages and in the provenance of results
 * @param inputs how image and mask are handed over
 * @param element the type of all input elements
 * @param samples the values of black and white in the image that is fed
 * @param mask the values of the mask that is fed
 * @param prefill the value of the image's samples in the hole, as it is fed
 * @param layout the order of dimensions, of inputs and output
 * @param colours the order of channels, of inputs and output
 * @param size the size of the images that the network is run with
 * @param multiple what width and height must be multiples of; 1 if the network takes one size or
 *     any
 * @param output the values of black and white in the output
 * @param composites whether the network itself puts the known pixels into its output. Then the
 *     scale of the output is measured on them, and {@code output} is what is tried first.
 */
public record OnnxContract(
    String name,
    Inputs inputs,
    Element element,
    ValueRange samples,
    MaskValues mask,
    double prefill,
    Layout layout,
    ColourOrder colours,
    Size size,
    int multiple,
    ValueRange output,
    boolean composites) {

  /** Black is 0 and white is 255. */
  static final ValueRange BYTE = new ValueRange(0, 255);

  /** The largest side that is not taken for a mistake. */
  static final int LARGEST = 4096;

  private static final int SIDE = 512;

  /** How image and mask are handed over. */
  public enum Inputs {
    /** Two inputs: one of three channels and one of one channel. */
    SEPARATE,
    /** One input of four channels: red, green, blue, mask. */
    IMAGE_THEN_MASK,
    /** One input of four channels: mask, red, green, blue. */
    MASK_THEN_IMAGE
  }

  /** The type of input elements. */
  public enum Element {
    /** IEEE numbers of 32 bits. */
    FLOAT32(4),
    /** IEEE numbers of 16 bits; what is fed is rounded to 11 bits. */
    FLOAT16(2),
    /** Bytes from 0 to 255; what is fed is rounded. */
    UINT8(1);

    private final int bytes;

    Element(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }
  }

  /** The order of dimensions. */
  public enum Layout {
    /** [N, C, H, W], as PyTorch has it. */
    CHANNELS_FIRST,
    /** [N, H, W, C], as TensorFlow has it. */
    CHANNELS_LAST
  }

  /** The order of channels. */
  public enum ColourOrder {
    /** Red, green, blue. */
    RGB,
    /** Blue, green, red. */
    BGR
  }

  /**
   * The two values of a mask.
   *
   * @param hole where a pixel is missing
   * @param known where a pixel is known
   */
  public record MaskValues(double hole, double known) {

    /** The hole is 1, what is known 0. */
    public static final MaskValues HOLE_IS_ONE = new MaskValues(1, 0);

    /**
     * Checks that the values differ.
     *
     * @param hole where a pixel is missing
     * @param known where a pixel is known
     */
    public MaskValues {
      checkArgument(
          Double.isFinite(hole) && Double.isFinite(known) && hole != known,
          "a mask must have two finite, different values: found %s and %s",
          hole,
          known);
    }
  }

  /**
   * Checks the values.
   *
   * @param name what it is called
   * @param inputs how image and mask are handed over
   * @param element the type of all input elements
   * @param samples the values of black and white in the image
   * @param mask the values of the mask
   * @param prefill the value of the image's samples in the hole
   * @param layout the order of dimensions
   * @param colours the order of channels
   * @param size the size of the images
   * @param multiple what width and height must be multiples of
   * @param output the values of black and white in the output
   * @param composites whether the network puts the known pixels into its output
   */
  public OnnxContract {
    requireNonNull(name, "name");
    requireNonNull(inputs, "inputs");
    requireNonNull(element, "element");
    requireNonNull(samples, "samples");
    requireNonNull(mask, "mask");
    requireNonNull(layout, "layout");
    requireNonNull(colours, "colours");
    requireNonNull(output, "output");
    checkArgument(Double.isFinite(prefill), "the prefill must be finite: found %s", prefill);
    checkArgument(multiple > 0, "the multiple must be positive: found %s", multiple);
    checkArgument(
        size.width() <= LARGEST && size.height() <= LARGEST,
        "the size of a network must be at most %s pixels a side: found %s",
        LARGEST,
        size);
    checkArgument(
        size.width() % multiple == 0 && size.height() % multiple == 0,
        "the size of a network must be a multiple of %s: found %s",
        multiple,
        size);
    if (element == Element.UINT8) {
      for (double value :
          new double[] {samples.black(), samples.white(), mask.hole(), mask.known(), prefill}) {
        checkArgument(
            value >= 0 && value <= 255 && value == Math.rint(value),
            "values that are fed as bytes must be whole, from 0 to 255: found %s",
            value);
      }
    }
  }

  /**
   * LaMa (Suvorov et al., "Resolution-robust Large Mask Inpainting with Fourier Convolutions",
   * 2022) with image and mask apart, as in {@code lama_fp32.onnx} and in OpenCV's zoo: samples from
   * 0 to 1, the hole 1, 512 pixels; the output is from 0 to 255 and has the known pixels.
   *
   * @return the contract
   */
  public static OnnxContract lama() {
    return new OnnxContract(
        "LaMa",
        Inputs.SEPARATE,
        Element.FLOAT32,
        ValueRange.UNIT,
        MaskValues.HOLE_IS_ONE,
        0,
        Layout.CHANNELS_FIRST,
        ColourOrder.RGB,
        new Size(SIDE, SIDE),
        1,
        BYTE,
        true);
  }

  /**
   * LaMa's generator with one input of four channels: the masked image from 0 to 1, then the mask,
   * the hole 1; sizes that 32 divides; the output is from 0 to 1.
   *
   * @return the contract, with 512 pixels
   */
  public static OnnxContract joinedLama() {
    return lama().toBuilder()
        .name("LaMa, joined input")
        .inputs(Inputs.IMAGE_THEN_MASK)
        .multiple(32)
        .output(ValueRange.UNIT)
        .composites(false)
        .build();
  }

  /**
   * MI-GAN (Sargsyan et al., "MI-GAN: A Simple Baseline for Image Inpainting on Mobile Devices",
   * 2023) with the work around it, as its repository exports it: bytes, the mask 255 where a pixel
   * is known, any size.
   *
   * @return the contract, with 512 pixels
   */
  public static OnnxContract miganPipeline() {
    return lama().toBuilder()
        .name("MI-GAN pipeline")
        .element(Element.UINT8)
        .samples(BYTE)
        .mask(new MaskValues(0, 255))
        .build();
  }

  /**
   * MI-GAN's generator alone: one input of four channels, 0.5 less than 1 where a pixel is known
   * and 0 where not, then samples from -1 to 1, and 0 in the hole; the output is from about -1 to
   * 1.
   *
   * @return the contract, with 512 pixels
   */
  public static OnnxContract miganGenerator() {
    return joinedLama().toBuilder()
        .name("MI-GAN generator")
        .inputs(Inputs.MASK_THEN_IMAGE)
        .samples(ValueRange.SIGNED)
        .mask(new MaskValues(-0.5, 0.5))
        .multiple(1)
        .output(ValueRange.SIGNED)
        .build();
  }

  /**
   * AOT-GAN (Zeng et al., "Aggregated Contextual Transformations for High-Resolution Image
   * Inpainting", 2021) in an export that scales by itself: samples from 0 to 1 on both sides, the
   * hole 1, 512 pixels.
   *
   * @return the contract
   */
  public static OnnxContract aotGan() {
    return lama().toBuilder().name("AOT-GAN").output(ValueRange.UNIT).composites(false).build();
  }

  /**
   * AOT-GAN's generator alone: samples from -1 to 1 on both sides, the hole of the image set to 1.
   *
   * @return the contract
   */
  public static OnnxContract aotGanGenerator() {
    return aotGan().toBuilder()
        .name("AOT-GAN generator")
        .samples(ValueRange.SIGNED)
        .prefill(1)
        .output(ValueRange.SIGNED)
        .build();
  }

  /**
   * The second network of EdgeConnect (Nazeri et al., "EdgeConnect: Generative Image Inpainting
   * with Adversarial Edge Learning", 2019): one input of four channels, samples from 0 to 1 with
   * the hole set to 1, then edges in place of a mask. {@link OnnxModel#edgeConnect} runs it with
   * the first.
   *
   * @return the contract, with 256 pixels
   */
  public static OnnxContract edgeConnect() {
    return joinedLama().toBuilder()
        .name("EdgeConnect")
        .prefill(1)
        .size(new Size(256, 256))
        .multiple(4)
        .build();
  }

  /**
   * A builder that begins with these values.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Makes a contract that differs from another in some values. */
  public static final class Builder {
    private String name;
    private Inputs inputs;
    private Element element;
    private ValueRange samples;
    private MaskValues mask;
    private double prefill;
    private Layout layout;
    private ColourOrder colours;
    private Size size;
    private int multiple;
    private ValueRange output;
    private boolean composites;

    private Builder(OnnxContract from) {
      name = from.name;
      inputs = from.inputs;
      element = from.element;
      samples = from.samples;
      mask = from.mask;
      prefill = from.prefill;
      layout = from.layout;
      colours = from.colours;
      size = from.size;
      multiple = from.multiple;
      output = from.output;
      composites = from.composites;
    }

    /**
     * What the contract is called.
     *
     * @param value the name
     * @return this
     */
    public Builder name(String value) {
      name = value;
      return this;
    }

    /**
     * How image and mask are handed over.
     *
     * @param value one input or two
     * @return this
     */
    public Builder inputs(Inputs value) {
      inputs = value;
      return this;
    }

    /**
     * The type of all input elements.
     *
     * @param value the type
     * @return this
     */
    public Builder element(Element value) {
      element = value;
      return this;
    }

    /**
     * The values of black and white in the image that is fed.
     *
     * @param value the range
     * @return this
     */
    public Builder samples(ValueRange value) {
      samples = value;
      return this;
    }

    /**
     * The values of the mask that is fed.
     *
     * @param value in the hole and where a pixel is known
     * @return this
     */
    public Builder mask(MaskValues value) {
      mask = value;
      return this;
    }

    /**
     * The value of the image's samples in the hole.
     *
     * @param value as it is fed
     * @return this
     */
    public Builder prefill(double value) {
      prefill = value;
      return this;
    }

    /**
     * The order of dimensions.
     *
     * @param value of inputs and output
     * @return this
     */
    public Builder layout(Layout value) {
      layout = value;
      return this;
    }

    /**
     * The order of channels.
     *
     * @param value of inputs and output
     * @return this
     */
    public Builder colours(ColourOrder value) {
      colours = value;
      return this;
    }

    /**
     * The size of the images that the network is run with.
     *
     * @param value a multiple of the multiple
     * @return this
     */
    public Builder size(Size value) {
      size = value;
      return this;
    }

    /**
     * What width and height must be multiples of.
     *
     * @param value at least 1
     * @return this
     */
    public Builder multiple(int value) {
      multiple = value;
      return this;
    }

    /**
     * The values of black and white in the output.
     *
     * @param value the range
     * @return this
     */
    public Builder output(ValueRange value) {
      output = value;
      return this;
    }

    /**
     * Whether the network puts the known pixels into its output.
     *
     * @param value true if it does
     * @return this
     */
    public Builder composites(boolean value) {
      composites = value;
      return this;
    }

    /**
     * The contract.
     *
     * @return a new contract
     * @throws IllegalArgumentException if values do not fit together
     */
    public OnnxContract build() {
      return new OnnxContract(
          name,
          inputs,
          element,
          samples,
          mask,
          prefill,
          layout,
          colours,
          size,
          multiple,
          output,
          composites);
    }
  }
}
