package org.inpaint4j.studio;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.inpaint4j.files.PictureFile;

/** A picture in memory, with fills put into it. */
final class Decoded {

  private final PictureFile file;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final List<Shown> shown = new ArrayList<>();

  /** A fill, and which of its candidates is in the picture. */
  private record Shown(Layer layer, Layer.Candidate candidate) {}

  /** What is done with a picture; it must not be changed. */
  interface Use<T> {
    T with(PictureFile picture) throws Exception;
  }

  Decoded(PictureFile file) {
    this.file = file;
  }

  /**
   * Brings the picture to a state, and uses it. Others may use it meanwhile, and nobody changes it.
   *
   * @param layers the fills that it must show, in order
   */
  <T> T use(List<Layer> layers, Use<T> use) throws Exception {
    List<Shown> state = layers.stream().map(layer -> new Shown(layer, layer.chosen())).toList();
    Lock reading = lock.readLock();
    // Who finds it as it is wanted does not wait behind those who want to change it.
    boolean there = reading.tryLock();
    if (there && !shown.equals(state)) {
      reading.unlock();
      there = false;
    }
    if (!there) {
      Lock writing = lock.writeLock();
      writing.lock();
      try {
        bringTo(state);
        reading.lock();
      } finally {
        writing.unlock();
      }
    }
    try {
      return use.with(file);
    } finally {
      reading.unlock();
    }
  }

  private void bringTo(List<Shown> state) {
    BufferedImage image = file.image();
    int same = 0;
    while (same < shown.size() && same < state.size() && shown.get(same).equals(state.get(same))) {
      same++;
    }
    while (shown.size() > same) {
      shown.remove(shown.size() - 1).layer().before().writeTo(image);
    }
    for (Shown next : state.subList(same, state.size())) {
      next.candidate().pixels().writeTo(image);
      shown.add(next);
    }
  }
}
