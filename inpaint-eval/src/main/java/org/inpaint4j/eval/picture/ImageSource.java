package org.inpaint4j.eval.picture;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Internal;

/** The pictures of a folder or a zip file, in the order of their names. */
@Internal
public final class ImageSource {

  private final List<String> names;
  private final List<byte[]> files;

  private ImageSource(List<String> names, List<byte[]> files) {
    this.names = names;
    this.files = files;
  }

  /**
   * Reads the files, still compressed.
   *
   * @param path a folder (not its subfolders) or a zip file
   * @param limit at most this many, from the start
   * @return the source
   * @throws IOException if it cannot be read, or holds no pictures or two of one name
   */
  public static ImageSource read(Path path, int limit) throws IOException {
    checkArgument(limit > 0, "the number of images must be positive: found %s", limit);
    List<String> names = new ArrayList<>();
    List<byte[]> files = new ArrayList<>();
    if (Files.isDirectory(path)) {
      List<Path> pictures;
      try (Stream<Path> entries = Files.list(path)) {
        pictures =
            entries.filter(file -> isPicture(file.toString())).sorted().limit(limit).toList();
      }
      for (Path picture : pictures) {
        names.add(plain(picture.getFileName().toString()));
        files.add(Files.readAllBytes(picture));
      }
    } else {
      try (ZipFile zip = new ZipFile(path.toFile())) {
        List<String> entries =
            zip.stream()
                .filter(entry -> !entry.isDirectory() && isPicture(entry.getName()))
                .map(ZipEntry::getName)
                .sorted()
                .limit(limit)
                .toList();
        for (String entry : entries) {
          try (InputStream in = zip.getInputStream(zip.getEntry(entry))) {
            names.add(plain(entry));
            files.add(in.readAllBytes());
          }
        }
      }
    }
    if (names.isEmpty()) {
      throw new IOException("a source of images must hold pictures: found none in " + path);
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IOException(
            "the names of images must differ: found " + name + " twice in " + path);
      }
    }
    return new ImageSource(names, files);
  }

  private static boolean isPicture(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Stream.of(".png", ".jpg", ".jpeg", ".bmp", ".gif").anyMatch(lower::endsWith);
  }

  /** The name without its ending, with nothing in it that a file name could not have. */
  private static String plain(String name) {
    return name.substring(0, name.lastIndexOf('.')).replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /**
   * The number of pictures.
   *
   * @return at least 1
   */
  public int size() {
    return names.size();
  }

  /**
   * The name of a picture, as it is used in tables and file names.
   *
   * @param index from 0
   * @return its file name without its ending
   */
  public String name(int index) {
    return names.get(index);
  }

  /**
   * Decodes one picture.
   *
   * @param index from 0
   * @return [3, H, W] samples from 0 to 1
   * @throws IOException if it is broken
   */
  public ImagePlanes image(int index) throws IOException {
    return PictureFiles.toPlanes(PictureFiles.read(files.get(index), names.get(index)));
  }
}
