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
    makeRoom(most - 1);
    pictures.put(picture.id(), picture);
  }

  private void makeRoom(int keep) {
    Iterator<OpenPicture> oldest = pictures.values().iterator();
    while (pictures.size() > keep && oldest.hasNext()) {
      OpenPicture picture = oldest.next();
      if (picture.job().isEmpty()) {
        oldest.remove();
        picture.forget();
      }
    }
  }

  /**
   * Forgets the picture that was not used for the longest time, so that its memory is free.
   *
   * @return whether there was one
   */
  synchronized boolean forgetOldest() {
    int before = pictures.size();
    if (before > 1) {
      makeRoom(before - 1);
    }
    return pictures.size() < before;
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
