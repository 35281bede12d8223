package org.inpaint4j.spark;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.inpaint4j.files.MaskConvention;
import org.inpaint4j.files.PictureFormat;
import org.inpaint4j.photo.Photos;

/**
 * How the pictures of a dataset are filled.
 *
 * @param inpainter makes the inpainter of an executor
 * @param seed of each picture whose row has no seed of its own
 * @param hole which pixels of a mask are the hole
 * @param format of the filled pictures; one that can be written
 * @param batch how many pictures a task hands to the inpainter at once, fewer if they are large;
 *     they are in memory together. 0 for as many as {@link org.inpaint4j.Inpainter#batch} says.
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // else javadoc asks for comments on what a record generates
public record SparkFillOptions(
    InpainterRecipe inpainter, long seed, MaskConvention hole, PictureFormat format, int batch)
    implements Serializable {

  /** Of the form in which the options are sent to executors. */
  private static final long serialVersionUID = 1;

  /**
   * Checks the values.
   *
   * @param inpainter makes the inpainter of an executor
   * @param seed of each picture whose row has no seed of its own
   * @param hole which pixels of a mask are the hole
   * @param format of the filled pictures
   * @param batch how many pictures a task hands to the inpainter at once
   * @throws IllegalArgumentException if the format can only be read, or the batch is negative
   */
  public SparkFillOptions {
    requireNonNull(inpainter, "inpainter");
    requireNonNull(hole, "hole");
    checkArgument(
        format.canWrite(),
        "the format must be one that can be written: expected one of %s, found %s",
        PictureFormat.writable(),
        format);
    checkArgument(batch >= 0, "the batch must not be negative: found %s", batch);
  }

  /**
   * What {@code ./inpaint fill} does with a folder: {@link Photos#automatic}, seed 0, white holes,
   * PNG, batches as the inpainter says: those of searches.
   *
   * @return the options
   */
  public static SparkFillOptions automatic() {
    return new SparkFillOptions(Photos::automatic, 0, MaskConvention.WHITE, PictureFormat.PNG, 0);
  }

  /**
   * These options with another inpainter.
   *
   * @param other makes the inpainter of an executor
   * @return new options
   */
  public SparkFillOptions withInpainter(InpainterRecipe other) {
    return new SparkFillOptions(other, seed, hole, format, batch);
  }

  /**
   * These options with another seed.
   *
   * @param other any number
   * @return new options
   */
  public SparkFillOptions withSeed(long other) {
    return new SparkFillOptions(inpainter, other, hole, format, batch);
  }

  /**
   * These options with other masks.
   *
   * @param other which pixels of a mask are the hole
   * @return new options
   */
  public SparkFillOptions withHole(MaskConvention other) {
    return new SparkFillOptions(inpainter, seed, other, format, batch);
  }

  /**
   * These options with another format of the filled pictures.
   *
   * @param other one that can be written
   * @return new options
   * @throws IllegalArgumentException if it can only be read
   */
  public SparkFillOptions withFormat(PictureFormat other) {
    return new SparkFillOptions(inpainter, seed, hole, other, batch);
  }

  /**
   * These options with another batch.
   *
   * @param other how many pictures a task hands to the inpainter at once; 0 for as many as it says
   * @return new options
   * @throws IllegalArgumentException if it is negative
   */
  public SparkFillOptions withBatch(int other) {
    return new SparkFillOptions(inpainter, seed, hole, format, other);
  }
}
