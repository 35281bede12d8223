package org.inpaint4j.keras;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.inpaint4j.model.ModelFormatException;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code model.save}: the configuration of the network, and the HDF5 file with its
 * weights. That is one HDF5 file ({@code .h5}), or a zip that holds both ({@code .keras}). Nothing
 * in it is executed.
 *
 * @param name for messages
 * @param network the class and the configuration of the network
 * @param zip whether it is a {@code .keras} file
 */
record KerasFile(String name, JsonObject network, HdfFile hdf, boolean zip, String sha256) {

  private static final String CONFIGURATION = "config.json";
  private static final String WEIGHTS = "model.weights.h5";

  /** A configuration of a hundred layers has 100 kB. */
  private static final int MOST_CONFIGURATION = 16 << 20;

  /** Trained weights hardly shrink in a zip. */
  private static final int MOST_GROWTH = 16;

  private static final int LARGEST = Integer.MAX_VALUE - 8;

  /** Whether a file is HDF5, or a zip with the two entries of Keras. */
  static boolean isKeras(Path file) throws IOException {
    byte[] start = start(file);
    if (HdfFile.isHdf(start)) {
      return true;
    }
    if (!isZip(start)) {
      return false;
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry(CONFIGURATION) != null && zip.getEntry(WEIGHTS) != null;
    } catch (ZipException | IllegalArgumentException e) {
      return false; // whoever reads it says what is wrong
    }
  }

  /** The bytes that tell what a file is: eight, or fewer if it has no more. */
  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(8);
    }
  }

  private static boolean isZip(byte[] start) {
    return Arrays.equals(Arrays.copyOf(start, 4), new byte[] {'P', 'K', 3, 4});
  }

  /**
   * Reads a file.
   *
   * @throws ModelFormatException if it is broken, or holds no configuration
   * @throws IOException if it cannot be read
   */
  static KerasFile read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    long size = Files.size(file);
    if (size > LARGEST) {
      throw new ModelFormatException(
          name, "the file must have less than 2^31 bytes: found " + size);
    }
    byte[] start = start(file);
    if (HdfFile.isHdf(start)) {
      return ofHdf(name, Files.readAllBytes(file));
    }
    if (!isZip(start)) {
      throw new ModelFormatException(
          name, "the file must be one of Keras: expected HDF5 or a zip, found other bytes");
    }
    return ofZip(name, file, size);
  }

  private static KerasFile ofHdf(String name, byte[] bytes) throws ModelFormatException {
    HdfFile hdf = HdfFile.of(name, bytes);
    Optional<List<String>> text = hdf.texts(hdf.root(), "model_config");
    if (text.isEmpty() || text.get().isEmpty()) {
      throw new ModelFormatException(
          name,
          "the file must hold the configuration of the network, as model.save writes it: found"
              + " weights alone");
    }
    String sha256 = Hashing.sha256().hashBytes(bytes).toString();
    return new KerasFile(name, json(name, text.get().get(0)), hdf, false, sha256);
  }

  private static KerasFile ofZip(String name, Path file, long size) throws IOException {
    String sha256 = MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      byte[] config = entry(zip, name, CONFIGURATION, MOST_CONFIGURATION);
      long most = Math.min(LARGEST, MOST_GROWTH * size + 10_000);
      HdfFile hdf = HdfFile.of(name, entry(zip, name, WEIGHTS, most));
      JsonObject network = json(name, new String(config, StandardCharsets.UTF_8));
      return new KerasFile(name, network, hdf, true, sha256);
    } catch (ZipException | IllegalArgumentException e) {
      throw new ModelFormatException(name, "the zip must be whole: " + e.getMessage(), e);
    }
  }

  private static byte[] entry(ZipFile zip, String name, String what, long most) throws IOException {
    @Nullable ZipEntry entry = zip.getEntry(what);
    if (entry == null) {
      throw new ModelFormatException(name, "the zip must hold " + what + ": found none");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) Math.min(most + 1, LARGEST));
      if (bytes.length > most) {
        throw new ModelFormatException(
            name, what + " must not be larger than its file allows: found over " + most);
      }
      return bytes;
    } catch (java.io.EOFException e) {
      throw new ModelFormatException(name, "the zip must be whole: found the end of " + what, e);
    }
  }

  private static JsonObject json(String name, String text) throws ModelFormatException {
    try {
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new ModelFormatException(
          name, "the configuration must be JSON: " + firstLine(e.getMessage()), e);
    }
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "found something else" : message.lines().findFirst().orElse("");
  }
}
