package org.inpaint4j.eval.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.inpaint4j.files.PictureFormat;
import org.inpaint4j.image.Internal;

/**
 * A folder of pictures that belong to an image and a kind of hole: {@code NAME.KIND.png}, perhaps
 * with something before the name, {@code dev-NAME.KIND.png}.
 */
@Internal
public final class KindFiles {

  private final Path folder;

  /** The files of each kind by what stands before the kind. */
  private final Map<String, Map<String, Path>> kinds;

  private KindFiles(Path folder, Map<String, Map<String, Path>> kinds) {
    this.folder = folder;
    this.kinds = kinds;
  }

  /**
   * Looks at the names of a folder's files.
   *
   * @param folder a folder; what is no picture, or has no kind in its name, is ignored
   * @return the files
   * @throws IOException if the folder cannot be read, or two files are of one name and kind
   */
  public static KindFiles open(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(file -> PictureFormat.of(file).isPresent()).sorted().toList();
    }
    Map<String, Map<String, Path>> kinds = new TreeMap<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      String stem = name.substring(0, name.lastIndexOf('.'));
      int dot = stem.lastIndexOf('.');
      String kind = stem.substring(dot + 1);
      if (dot > 0 && kind.matches("[a-z0-9][a-z0-9-]*")) {
        String owner = ImageSource.plain(stem.substring(0, dot));
        Path other = kinds.computeIfAbsent(kind, key -> new TreeMap<>()).put(owner, file);
        if (other != null) {
          throw new IOException(
              "an image must have one file of a kind: found " + other + " and " + file);
        }
      }
    }
    return new KindFiles(folder, kinds);
  }

  /**
   * The kinds.
   *
   * @return their names, sorted
   */
  public List<String> kinds() {
    return List.copyOf(kinds.keySet());
  }

  /**
   * Whether an image has a file.
   *
   * @param image the name of the image in its {@link ImageSource}
   * @param kind the kind
   * @return true if there is one
   */
  public boolean has(String image, String kind) {
    return !matching(image, kind).isEmpty();
  }

  /**
   * The file of an image.
   *
   * @param image the name of the image in its {@link ImageSource}
   * @param kind the kind
   * @return the file
   * @throws IOException if there is none, or there are several
   */
  public Path find(String image, String kind) throws IOException {
    List<Path> found = matching(image, kind);
    if (found.size() != 1) {
      throw new IOException(
          "an image must have one file of a kind: expected one of "
              + image
              + "."
              + kind
              + " in "
              + folder
              + ", found "
              + (found.isEmpty() ? "none" : found));
    }
    return found.get(0);
  }

  /** The file of exactly that name, or those with something before it. */
  private List<Path> matching(String image, String kind) {
    Map<String, Path> files = kinds.getOrDefault(kind, Map.of());
    Path exact = files.get(image);
    if (exact != null) {
      return List.of(exact);
    }
    List<Path> found = new ArrayList<>();
    files.forEach(
        (owner, file) -> {
          if (owner.endsWith("-" + image)) {
            found.add(file);
          }
        });
    return found;
  }
}
