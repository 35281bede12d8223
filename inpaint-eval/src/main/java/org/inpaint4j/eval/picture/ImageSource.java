package org.inpaint4j.eval.picture;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.inpaint4j.files.PictureSet;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Internal;

/** The pictures of a folder or a zip file, in the order of their names. */
@Internal
public final class ImageSource {

  private final List<String> names;
  private final List<String> files;
  private final List<byte[]> contents;

  private ImageSource(List<String> names, List<String> files, List<byte[]> contents) {
    this.names = names;
    this.files = files;
    this.contents = contents;
  }

  /**
   * Reads the files, still compressed.
   *
   * @param path a folder (not its subfolders) or a zip file
   * @param limit at most this many, from the start
   * @return the source
   * @throws IOException if it cannot be read, or holds no pictures
   */
  public static ImageSource read(Path path, int limit) throws IOException {
    return read(path, limit, name -> true);
  }

  /**
   * Reads some of the files, still compressed.
   *
   * @param path a folder (not its subfolders) or a zip file
   * @param limit at most this many, from the start
   * @param wanted which pictures, by their {@link #name}
   * @return the source
   * @throws IOException if it cannot be read, or holds no such pictures
   */
  public static ImageSource read(Path path, int limit, Predicate<String> wanted)
      throws IOException {
    checkArgument(limit > 0, "the number of images must be positive: found %s", limit);
    try (PictureSet set = PictureSet.open(path, false)) {
      List<String> names = new ArrayList<>();
      List<String> files = new ArrayList<>();
      List<byte[]> contents = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      for (String file : set.names()) {
        String name = unique(plain(file.substring(0, file.lastIndexOf('.'))), seen);
        if (names.size() < limit && wanted.test(name)) {
          names.add(name);
          files.add(file);
          contents.add(set.bytes(file));
        }
      }
      if (names.isEmpty()) {
        throw new IOException("a source of images must hold pictures: found none in " + path);
      }
      return new ImageSource(names, files, contents);
    }
  }

  /** The name with nothing in it that a file name could not have. */
  static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /** Names that differ in letters that were replaced, or in their endings, get numbers. */
  private static String unique(String name, Set<String> seen) {
    String unique = name;
    // Some file systems do not tell capitals from small letters.
    for (int i = 2; !seen.add(unique.toLowerCase(Locale.ROOT)); i++) {
      unique = name + "-" + i;
    }
    return unique;
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
   * @return its file name without its ending; letters that not every system has are replaced, and
   *     names that were the same then are numbered
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
    return PictureFiles.toPlanes(PictureFiles.read(contents.get(index), files.get(index)));
  }
}
