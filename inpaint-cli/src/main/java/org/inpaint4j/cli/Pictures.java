package org.inpaint4j.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.inpaint4j.image.WholeFile;
import org.jspecify.annotations.Nullable;

/** Reads and writes the files of the command: whole, or with one line that says why not. */
final class Pictures {

  private Pictures() {}

  /**
   * Reads a picture of any format that ImageIO knows, upright: turned and mirrored as its EXIF data
   * says.
   *
   * @param what what the picture is, for messages
   * @param file the file
   * @return its first picture
   * @throws UserException if there is no complete picture in it
   */
  static BufferedImage read(String what, Path file) throws UserException {
    if (Files.isDirectory(file)) {
      throw new UserException(
          what + " must be a picture file: expected a file, found the folder " + file);
    }
    if (!Files.exists(file)) {
      throw new UserException(what + " must exist: found no file " + file);
    }
    try {
      if (Files.size(file) == 0) {
        throw new UserException(what + " must hold a picture: found the empty file " + file);
      }
      return Orientation.upright(decode(what, file), Orientation.of(file));
    } catch (AccessDeniedException e) {
      throw new UserException(what + " must be readable: no permission to read " + file);
    } catch (OutOfMemoryError e) {
      throw new UserException(
          what + " must fit into memory: " + file + " does not; set JAVA_OPTS=-Xmx8g, say");
    } catch (IOException | RuntimeException e) {
      // Decoders answer broken files with any kind of exception.
      throw new UserException(
          what + " must be a complete picture: " + file + " is broken (" + reason(e) + ")");
    }
  }

  private static BufferedImage decode(String what, Path file) throws IOException, UserException {
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new UserException(
            what
                + " must be in a known format: expected one of "
                + formats(ImageIO.getReaderFileSuffixes())
                + ", found something else in "
                + file);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        boolean[] truncated = {false};
        reader.addIIOReadWarningListener(
            (source, warning) ->
                truncated[0] |= warning.toLowerCase(Locale.ROOT).contains("premature"));
        BufferedImage image = reader.read(0);
        if (truncated[0]) {
          throw new IOException("it ends too early");
        }
        return image;
      } finally {
        reader.dispose();
      }
    }
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static String formats(String[] suffixes) {
    TreeSet<String> names = new TreeSet<>();
    for (String suffix : suffixes) {
      if (!suffix.isEmpty()) {
        names.add(suffix.toLowerCase(Locale.ROOT));
      }
    }
    return String.join(", ", names);
  }

  /**
   * Checks, before the work, that a picture can be written.
   *
   * @param option the option that names the file, for messages
   * @param file the file; its ending is the format
   * @param inputs files that must not be overwritten
   * @throws UserException if the file cannot be written
   */
  static void checkWritable(String option, Path file, Path... inputs) throws UserException {
    String suffix = suffix(file);
    if (suffix.isEmpty() || !ImageIO.getImageWritersBySuffix(suffix).hasNext()) {
      throw new UserException(
          option
              + " must end in a format that can be written: expected one of "
              + formats(ImageIO.getWriterFileSuffixes())
              + ", found "
              + file);
    }
    if (Files.isDirectory(file)) {
      throw new UserException(option + " must be a file: found the folder " + file);
    }
    Path folder = folder(file);
    if (!Files.isDirectory(folder)) {
      throw new UserException(option + " must be in a folder that exists: found no " + folder);
    }
    if (!Files.isWritable(folder)) {
      throw new UserException(option + " must be in a folder that can be written: " + folder);
    }
    Path absolute = file.toAbsolutePath().normalize();
    if (Arrays.stream(inputs).anyMatch(in -> in.toAbsolutePath().normalize().equals(absolute))) {
      throw new UserException(option + " must not be one of the inputs: found " + file);
    }
  }

  /** Whether a file of this name keeps pixels as they are. */
  static boolean isLossless(Path file) {
    return !suffix(file).startsWith("jp") && !suffix(file).equals("jfif");
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /** Whether the name of a file is that of a picture that can be read. */
  static boolean isPicture(Path file) {
    return Files.isRegularFile(file)
        && !String.valueOf(file.getFileName()).startsWith(".")
        && ImageIO.getImageReadersBySuffix(suffix(file)).hasNext();
  }

  /** The name of a file without its ending. */
  static String baseName(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static String suffix(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * Writes a picture. The file appears complete or not at all; until then, what was there stays.
   *
   * @param image the picture
   * @param file the file; its ending is the format
   * @throws UserException if the format cannot hold such a picture
   * @throws IOException if the file cannot be written
   */
  static void write(BufferedImage image, Path file) throws UserException, IOException {
    ImageWriter writer = writer(image, suffix(file));
    if (writer == null) {
      throw new UserException(
          "the format of " + file + " cannot hold this kind of picture: write a .png instead");
    }
    try {
      WholeFile.write(
          file,
          bytes -> {
            try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
              writer.setOutput(stream);
              writer.write(image);
            }
          });
    } finally {
      writer.dispose();
    }
  }

  private static @Nullable ImageWriter writer(BufferedImage image, String suffix) {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersBySuffix(suffix);
    ImageTypeSpecifier type = ImageTypeSpecifier.createFromRenderedImage(image);
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getOriginatingProvider().canEncodeImage(type)) {
        return writer;
      }
    }
    return null;
  }
}
