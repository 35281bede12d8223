package org.inpaint4j.eval.experiment;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.inpaint4j.image.Internal;

/**
 * Feature vectors of the true and the filled pictures of a table, each once.
 *
 * @param whole of whole pictures, by their names. Grows.
 * @param around of the crops around the holes, by the names of the pictures. Grows.
 * @serial exclude
 */
@Internal
@SuppressWarnings("InvalidBlockTag") // else javadoc asks for comments on what a record generates
public record TableVectors(Map<String, float[]> whole, Map<String, float[]> around)
    implements Serializable {

  private static final long serialVersionUID = 1;

  /** None yet. */
  static TableVectors none() {
    return new TableVectors(new HashMap<>(), new HashMap<>());
  }

  /** Adds those of a part. */
  void add(TableVectors part) {
    whole.putAll(part.whole);
    around.putAll(part.around);
  }

  static String truthName(ImageRow.Key key, boolean crop) {
    return crop ? "/" + key.mask() + "/" + key.image() : TableImages.plain(key.image());
  }

  static String filledName(ImageRow.Key key) {
    return key.method() + "/" + key.mask() + "/" + key.image();
  }
}
