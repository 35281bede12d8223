package org.inpaint4j.studio;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pictures that are open. The one that was not used for the longest time goes first. */
final class OpenPictures {

  private final int most;
  private final Map<String, OpenPicture> pictures = new LinkedHashMap<>(16, 0.75f, true);

  OpenPictures(int most) {
    this.most = most;
  }

  /** Adds a picture, and forgets others if there are too many. */
  synchronized void add(OpenPicture picture) {
    while (pictures.size() >= most && forget(0, pictures.size())) {
      // Another one.
    }
    picture.used();
    pictures.put(picture.id(), picture);
  }

  /**
   * Forgets the picture that was not used for the longest time, so that its memory is free; not the
   * one that was used last, and none that is being filled.
   *
   * @param idle nanoseconds for which nobody has used it, at least
   * @return whether there was one
   */
  synchronized boolean forgetOldest(long idle) {
    return forget(idle, pictures.size() - 1);
  }

  private boolean forget(long idle, int candidates) {
    Iterator<OpenPicture> oldest = pictures.values().iterator();
    for (int i = 0; i < candidates; i++) {
      OpenPicture picture = oldest.next();
      if (picture.job().isEmpty() && picture.idle() >= idle) {
        oldest.remove();
        picture.forget();
        return true;
      }
    }
    return false;
  }

  /**
   * A picture by its name.
   *
   * @throws Refusal if it is not open, or not any more
   */
  synchronized OpenPicture picture(String id) {
    OpenPicture picture = pictures.get(id);
    if (picture == null) {
      throw Refusal.notFound("a picture must be open: this one is not, or not any more");
    }
    picture.used();
    return picture;
  }

  synchronized void close(OpenPicture picture) {
    if (pictures.remove(picture.id()) != null) {
      picture.forget();
    }
  }

  synchronized void closeAll() {
    pictures.values().forEach(OpenPicture::forget);
    pictures.clear();
  }
}
