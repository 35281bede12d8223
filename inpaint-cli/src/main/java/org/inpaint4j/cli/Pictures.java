package org.inpaint4j.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.inpaint4j.files.PictureException;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;

/** The picture files of the command: read and written whole, or with one line that says why not. */
final class Pictures {

  private Pictures() {}

  /**
   * Reads a picture of any format that is known, upright.
   *
   * @param what what the picture is, for messages
   * @param file the file
   * @return its first picture
   * @throws UserException if there is no complete picture in it
   */
  static PictureFile read(String what, Path file) throws UserException {
    try {
      return PictureFile.read(what, file);
    } catch (PictureException e) {
      throw new UserException(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    } catch (IOException e) {
      throw new UserException(what + " must be readable: " + file + " is not (" + e + ")");
    }
  }

  /**
   * Checks, before the work, that a picture can be written.
   *
   * @param option the option that names the file, for messages
   * @param file the file; its ending is the format
   * @param inputs files that must not be overwritten, by whatever name
   * @throws UserException if the file cannot be written
   */
  static void checkWritable(String option, Path file, Path... inputs) throws UserException {
    if (!PictureFormat.of(file).map(PictureFormat::canWrite).orElse(false)) {
      throw new UserException(
          option
              + " must end in a format that can be written: expected one of "
              + PictureFormat.writable()
              + ", found "
              + file);
    }
    checkPlace(option, file, inputs);
  }

  /**
   * Checks, before the work, that there can be a file of a name.
   *
   * @param option the option that names the file, for messages
   * @param file the file
   * @param inputs files that must not be overwritten, by whatever name
   * @throws UserException if the file cannot be written
   */
  static void checkPlace(String option, Path file, Path... inputs) throws UserException {
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
    for (Path input : inputs) {
      if (isSame(file, input)) {
        throw new UserException(option + " must not be one of the inputs: found " + file);
      }
    }
  }

  /** Whether two names, perhaps through links, are those of one file. */
  private static boolean isSame(Path file, Path other) {
    try {
      if (Files.exists(file) && Files.exists(other)) {
        return Files.isSameFile(file, other);
      }
      return place(file).equals(place(other));
    } catch (IOException e) {
      return file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
  }

  private static Path place(Path file) throws IOException {
    return folder(file).toRealPath().resolve(String.valueOf(file.getFileName()));
  }

  /**
   * Checks, before the work, that a file can hold a picture, and says what it cannot keep.
   *
   * @param picture what was read; only its pixels will differ
   * @param file where the filled picture goes; its ending is the format
   * @throws UserException if the format cannot hold such a picture
   */
  static void checkHolds(PictureFile picture, Path file) throws UserException {
    try {
      picture.checkHolds(format(file));
    } catch (PictureException e) {
      throw new UserException(file + " must be able to hold the photo: " + e.getMessage());
    }
  }

  /** The format that a file was checked to have. */
  static PictureFormat format(Path file) {
    return PictureFormat.of(file).orElse(PictureFormat.PNG);
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /** Whether the name of a file is that of a picture that can be read. */
  static boolean isPicture(Path file) {
    return Files.isRegularFile(file)
        && !String.valueOf(file.getFileName()).startsWith(".")
        && PictureFormat.of(file).isPresent();
  }

  /** The name of a file without its ending. */
  static String baseName(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /**
   * The value of an option that must name something.
   *
   * @param option its name, for messages
   * @param value what was given
   * @return the value
   * @throws UserException if it is empty, which Java takes for the current folder
   */
  static Path given(String option, Path value) throws UserException {
    if (value.toString().isEmpty()) {
      throw new UserException(option + " must name a file or folder: found an empty name");
    }
    return value;
  }

  /**
   * Writes a picture. The file appears complete or not at all; until then, what was there stays.
   *
   * @param picture the picture
   * @param file the file; its ending is the format
   * @throws UserException if the format cannot hold such a picture
   * @throws IOException if the file cannot be written
   */
  static void write(PictureFile picture, Path file) throws UserException, IOException {
    try {
      picture.write(file);
    } catch (PictureException e) {
      throw new UserException(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }

  /** Writes a picture that comes from no file. */
  static void write(BufferedImage image, Path file) throws UserException, IOException {
    write(PictureFile.of(image), file);
  }
}
