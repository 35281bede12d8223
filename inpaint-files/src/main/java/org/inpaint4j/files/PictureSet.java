package org.inpaint4j.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.inpaint4j.image.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The picture files of a folder or a zip file, in the order of their names. Hidden files and what
 * Macs put into zip files ({@code __MACOSX}, {@code ._a.png}) are none.
 *
 * <p>Close it after use; it is for one thread.
 */
@Internal
public final class PictureSet implements AutoCloseable {

  private static final int MAGIC = 16;

  private final Path path;
  private final @Nullable ZipFile zip;
  private final List<String> names;

  private PictureSet(Path path, @Nullable ZipFile zip, List<String> names) {
    this.path = path;
    this.zip = zip;
    this.names = names;
  }

  /**
   * Opens a folder or a zip file.
   *
   * @param path the folder or the zip file
   * @param subfolders whether pictures of subfolders belong to it; those of a zip file always do
   * @return the pictures, perhaps none
   * @throws PictureException if the path is neither
   * @throws IOException if it cannot be read
   */
  public static PictureSet open(Path path, boolean subfolders) throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.walk(path, subfolders ? Integer.MAX_VALUE : 1)) {
        List<String> names =
            files
                .filter(Files::isRegularFile)
                .map(file -> path.relativize(file).toString().replace('\\', '/'))
                .filter(PictureSet::isPicture)
                .sorted()
                .toList();
        return new PictureSet(path, null, names);
      } catch (UncheckedIOException e) {
        throw new IOException("a folder of pictures must be readable: " + e.getMessage(), e);
      }
    }
    try {
      ZipFile zip = zipFile(path);
      List<String> names =
          zip.stream()
              .filter(entry -> !entry.isDirectory() && isPicture(entry.getName()))
              .map(ZipEntry::getName)
              .sorted()
              .toList();
      return new PictureSet(path, zip, names);
    } catch (ZipException | NoSuchFileException e) {
      throw new PictureException(
          "pictures must be in a folder or a zip file: found " + path + " (" + e.getMessage() + ")",
          e);
    }
  }

  private static ZipFile zipFile(Path path) throws IOException {
    try {
      return new ZipFile(path.toFile());
    } catch (ZipException e) {
      // Names that are not UTF-8 are of the machine that made them; they can at least be told
      // apart.
      return new ZipFile(path.toFile(), StandardCharsets.ISO_8859_1);
    }
  }

  private static boolean isPicture(String name) {
    for (String part : name.split("/", -1)) {
      if (part.startsWith(".") || part.equals("__MACOSX")) {
        return false;
      }
    }
    return PictureFormat.ofName(name).isPresent();
  }

  /**
   * The names of the pictures.
   *
   * @return relative to the folder or the root of the zip file, sorted. Immutable.
   */
  public List<String> names() {
    return names;
  }

  /**
   * Reads the bytes of a picture.
   *
   * @param name one of the names
   * @return the bytes of the file, still compressed
   * @throws PictureException if it is in no known format, or too large
   * @throws IOException if it cannot be read
   */
  public byte[] bytes(String name) throws IOException {
    ZipFile archive = zip;
    if (archive == null) {
      return bounded(name, Files.newInputStream(path.resolve(name)));
    }
    ZipEntry entry = archive.getEntry(name);
    if (entry == null) {
      throw new NoSuchFileException(name);
    }
    return bounded(name, archive.getInputStream(entry));
  }

  /** A few bytes of a zip file can be made to inflate to gigabytes. */
  private static byte[] bounded(String name, InputStream file) throws IOException {
    try (InputStream in = file) {
      byte[] first = in.readNBytes(MAGIC);
      if (first.length > 0 && PictureFormat.ofContent(first).isEmpty()) {
        throw new PictureException(
            "a picture must be in a known format: expected one of "
                + PictureFormat.readable()
                + ", found something else in "
                + name);
      }
      int most = (int) (Limits.mostFileBytes() / 2);
      byte[] all =
          new SequenceInputStream(new ByteArrayInputStream(first), in).readNBytes(most + 1);
      if (all.length > most) {
        throw new PictureException("a picture must fit into memory: " + name + " does not");
      }
      return all;
    } catch (ZipException e) {
      throw new PictureException(
          "a picture must be complete: " + name + " is broken (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Reads a picture.
   *
   * @param name one of the names
   * @return the picture, upright
   * @throws PictureException if it is broken, too large or of another format; the message names it
   * @throws IOException if it cannot be read
   */
  public PictureFile read(String name) throws IOException {
    return PictureFile.read("a picture", name, bytes(name));
  }

  @Override
  public void close() throws IOException {
    if (zip != null) {
      zip.close();
    }
  }
}
