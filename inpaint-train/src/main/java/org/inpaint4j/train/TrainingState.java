package org.inpaint4j.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.inpaint4j.image.WholeFile;

/**
 * All that a training is at one moment. Random numbers and the place in the data follow from the
 * seed and the number of the iteration.
 */
final class TrainingState {

  private static final String MAGIC = "inpaint4j training 2";
  private static final int CHUNK = 1 << 14;

  final Network generator;
  final Network discriminator;

  /** Finds latents of images; only in some trainings. */
  final Optional<Network> encoder;

  /** The moving average of the generator's parameters. */
  final float[] average;

  private final List<float[]> more;
  private LossHistory history;

  /**
   * The start of a training.
   *
   * @param more other arrays that change on the way. Modified by {@link #load}.
   * @param losses how many losses an iteration has
   */
  TrainingState(
      Network generator,
      Network discriminator,
      Optional<Network> encoder,
      List<float[]> more,
      int losses) {
    this.generator = generator;
    this.discriminator = discriminator;
    this.encoder = encoder;
    this.more = List.copyOf(more);
    average = generator.values.clone();
    history = new LossHistory(losses);
  }

  LossHistory history() {
    return history;
  }

  /** How many iterations are done. */
  int iteration() {
    return history.iterations();
  }

  /** Whether no parameter is infinite or NaN. */
  boolean isFinite() {
    return isFinite(generator.values)
        && isFinite(discriminator.values)
        && isFinite(average)
        && encoder.stream().allMatch(network -> isFinite(network.values));
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private List<float[]> arrays() {
    List<float[]> arrays = new ArrayList<>(List.of(average));
    for (Network network :
        Stream.concat(Stream.of(generator, discriminator), encoder.stream()).toList()) {
      arrays.add(network.values);
      arrays.add(network.adam.first);
      arrays.add(network.adam.second);
      arrays.add(network.running.mean);
      arrays.add(network.running.variance);
    }
    arrays.addAll(more);
    return arrays;
  }

  /**
   * Writes the state: complete and on the disk, or not at all.
   *
   * @param file where to; replaced if it exists
   * @param options those of the training, as a text
   * @param images what is trained on
   */
  void save(Path file, String options, TrainingImages images) throws IOException {
    WholeFile.write(
        file,
        raw -> {
          CRC32 crc = new CRC32();
          DataOutputStream out =
              new DataOutputStream(
                  new BufferedOutputStream(new CheckedOutputStream(raw, crc), 1 << 16));
          out.writeUTF(MAGIC);
          out.writeUTF(options);
          out.writeInt(images.count());
          out.writeLong(images.checksum());
          history.write(out);
          for (float[] array : arrays()) {
            write(array, out);
          }
          out.flush();
          out.writeLong(crc.getValue());
          out.flush();
        });
  }

  /** The options that decide how a training goes on. The decay of the average does not. */
  private static String course(String options) {
    return options.replaceFirst("averageDecay=[^,]*, ", "");
  }

  private static void write(float[] array, DataOutputStream out) throws IOException {
    out.writeInt(array.length);
    ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK);
    for (int from = 0; from < array.length; from += CHUNK) {
      int count = Math.min(CHUNK, array.length - from);
      bytes.asFloatBuffer().put(array, from, count);
      out.write(bytes.array(), 0, 4 * count);
    }
  }

  /**
   * Takes over a state that was saved. After an exception this one is of no use.
   *
   * @param file what {@link #save} wrote
   * @param options must be those of the file, but for the decay of the average
   * @param images must be those of the file
   */
  void load(Path file, String options, TrainingImages images) throws IOException {
    CRC32 crc = new CRC32();
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), 1 << 16), crc))) {
      String magic = in.readUTF();
      if (!magic.equals(MAGIC)) {
        throw broken(file, "expected '" + MAGIC + "', found '" + magic + "'");
      }
      String of = in.readUTF();
      if (!course(of).equals(course(options))) {
        throw new IOException(
            "a training must be resumed with the options it began with: expected "
                + of
                + ", found "
                + options);
      }
      int count = in.readInt();
      long checksum = in.readLong();
      if (count != images.count() || checksum != images.checksum()) {
        throw new IOException(
            "a training must be resumed with the images it began with: expected "
                + count
                + " images with checksum "
                + Long.toHexString(checksum)
                + ", found "
                + images.count()
                + " with "
                + Long.toHexString(images.checksum()));
      }
      history = LossHistory.read(in, history.kinds(), Files.size(file));
      for (float[] array : arrays()) {
        read(file, in, array);
      }
      long expected = crc.getValue();
      if (in.readLong() != expected) {
        throw broken(file, "its checksum does not fit");
      }
    } catch (EOFException e) {
      throw broken(file, "it ends too early");
    } catch (UTFDataFormatException e) {
      throw broken(file, "it is something else");
    }
  }

  private static void read(Path file, DataInputStream in, float[] array) throws IOException {
    int length = in.readInt();
    if (length != array.length) {
      throw broken(file, "expected " + array.length + " values, found " + length);
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK);
    for (int from = 0; from < array.length; from += CHUNK) {
      int count = Math.min(CHUNK, array.length - from);
      in.readFully(bytes.array(), 0, 4 * count);
      bytes.asFloatBuffer().get(array, from, count);
    }
  }

  private static IOException broken(Path file, String how) {
    return new IOException("a checkpoint must be complete: " + file + " is broken, " + how);
  }
}
