package org.inpaint4j.eval.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.picture.ImageSource;
import org.inpaint4j.image.ImagePlanes;

/**
 * The images of a table, each as often as it gets another hole. The second time an image is called
 * {@code NAME~2}, and so on.
 */
final class TableImages {

  private final ImageSource source;
  private final int holes;
  private final Map<String, Integer> indices = new HashMap<>();

  /**
   * Images with several holes.
   *
   * @param fills how many fills a random kind of mask gets at least, if the images are fewer; 0 for
   *     one of each image
   */
  TableImages(ImageSource source, int fills) {
    this.source = source;
    this.holes = Math.max(1, (fills + source.size() - 1) / source.size());
    for (int i = 0; i < source.size(); i++) {
      indices.put(source.name(i), i);
    }
  }

  /** The number of different images. */
  int size() {
    return source.size();
  }

  /** The names of the images that have a hole of a kind, the first hole of all images first. */
  List<String> names(MaskSource kind) {
    List<String> names = new ArrayList<>();
    for (int hole = 1; hole <= (kind.isRandom() ? holes : 1); hole++) {
      for (int i = 0; i < source.size(); i++) {
        if (kind.covers(source.name(i))) {
          names.add(hole == 1 ? source.name(i) : source.name(i) + "~" + hole);
        }
      }
    }
    return names;
  }

  /** The names of the images, without repetitions. */
  List<String> plainNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < source.size(); i++) {
      names.add(source.name(i));
    }
    return names;
  }

  /** The name of an image's file. */
  static String plain(String name) {
    int mark = name.lastIndexOf('~');
    return mark < 0 ? name : name.substring(0, mark);
  }

  /** Whether there is an image of a name. */
  boolean has(String name) {
    return indices.containsKey(plain(name));
  }

  /** Decodes an image. */
  ImagePlanes image(String name) throws IOException {
    Integer index = indices.get(plain(name));
    if (index == null) {
      throw new IOException("an image of the table must be there: found no " + name);
    }
    return source.image(index);
  }
}
