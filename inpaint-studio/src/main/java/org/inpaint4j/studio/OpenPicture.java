package org.inpaint4j.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.inpaint4j.files.PictureFormat;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.jspecify.annotations.Nullable;

/**
 * A picture that somebody works on: the bytes of its file, its reduced form, and its fills. The
 * samples themselves are decoded when they are needed.
 */
final class OpenPicture {

  /** What is known of a picture once it was decoded. */
  record Facts(
      String name,
      boolean inFolder,
      Size size,
      Size reduced,
      boolean transparent,
      List<String> notes) {

    /** The format that it is shown in. */
    PictureFormat shownAs() {
      return transparent ? PictureFormat.PNG : PictureFormat.JPEG;
    }
  }

  /** What clients are told. */
  record Note(
      String id,
      String name,
      boolean inFolder,
      int width,
      int height,
      int previewWidth,
      int previewHeight,
      boolean transparent,
      List<String> notes,
      List<Layer.Note> layers,
      int undone,
      boolean hasMask,
      @Nullable String job) {}

  private static final int MOST_LAYERS = 100;

  private final String id = Secrets.id();
  private final byte[] file;
  private final MemoryBudget.Share share;
  private final Facts facts;
  private final byte[] preview;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Layer> undone = new ArrayList<>();
  private byte @Nullable [] mask;

  /** The mask, once it was decoded. */
  private @Nullable Mask painted;

  private @Nullable Job job;
  private long lastUse = System.nanoTime();

  OpenPicture(Upload upload, Facts facts, byte[] preview) {
    this.file = upload.bytes();
    this.share = upload.share();
    this.facts = facts;
    this.preview = preview;
  }

  String id() {
    return id;
  }

  byte[] file() {
    return file;
  }

  Facts facts() {
    return facts;
  }

  Size size() {
    return facts.size();
  }

  /** The picture as it was opened, reduced. */
  byte[] preview() {
    return preview;
  }

  synchronized void mask(byte @Nullable [] png) {
    mask = png;
    painted = null;
  }

  synchronized Optional<byte[]> mask() {
    return Optional.ofNullable(mask);
  }

  /** The mask at the size of the picture. */
  synchronized Optional<Mask> painted() {
    if (painted == null && mask != null) {
      painted = PaintedMask.decode(mask, size());
    }
    return Optional.ofNullable(painted);
  }

  /**
   * The hole that was painted.
   *
   * @throws Refusal if there is none
   */
  Mask hole() {
    return painted()
        .filter(hole -> hole.holeCount() > 0)
        .orElseThrow(
            () -> Refusal.badRequest("there must be something to fill: nothing is painted over"));
  }

  /** The fills that show, the first one first. */
  synchronized List<Layer> layers() {
    return List.copyOf(layers);
  }

  /** A fill that shows, or was undone. */
  synchronized Layer layer(String name) {
    List<Layer> all = new ArrayList<>(layers);
    all.addAll(undone);
    return all.stream()
        .filter(layer -> layer.id().equals(name))
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("a fill must exist: found none of this name"));
  }

  /** Says which job will fill; there is one at a time. */
  synchronized void begin(Supplier<Job> starter) {
    checkIdle();
    if (layers.size() >= MOST_LAYERS) {
      throw new Refusal(
          Refusal.CONFLICT, "a picture must have at most " + MOST_LAYERS + " fills: save it first");
    }
    job = starter.get();
  }

  /** The job that fills or will fill, if there is one. */
  synchronized Optional<Job> job() {
    return Optional.ofNullable(job).filter(its -> !its.state().isFinal());
  }

  private void checkIdle() {
    if (job().isPresent()) {
      throw new Refusal(Refusal.CONFLICT, "the picture must be at rest: a fill is going on");
    }
  }

  /**
   * Adds a fill, unless its job was cancelled.
   *
   * @return whether it was added
   */
  synchronized boolean add(Layer layer, Job by) {
    if (by.isCancelled()) {
      layer.forget();
      return false;
    }
    undone.forEach(Layer::forget);
    undone.clear();
    layers.add(layer);
    mask(null);
    return true;
  }

  synchronized void undo() {
    checkIdle();
    if (layers.isEmpty()) {
      throw new Refusal(Refusal.CONFLICT, "there must be a fill to undo: found none");
    }
    undone.add(layers.remove(layers.size() - 1));
  }

  synchronized void redo() {
    checkIdle();
    if (undone.isEmpty()) {
      throw new Refusal(Refusal.CONFLICT, "there must be a fill to redo: found none");
    }
    layers.add(undone.remove(undone.size() - 1));
  }

  /** Shows another candidate of the last fill. */
  synchronized void choose(String layer, int candidate) {
    checkIdle();
    if (layers.isEmpty() || !layers.get(layers.size() - 1).id().equals(layer)) {
      throw new Refusal(
          Refusal.CONFLICT, "a candidate must be of the last fill: found one of another");
    }
    layers.get(layers.size() - 1).choose(candidate);
  }

  synchronized Note note() {
    return new Note(
        id,
        facts.name(),
        facts.inFolder(),
        facts.size().width(),
        facts.size().height(),
        facts.reduced().width(),
        facts.reduced().height(),
        facts.transparent(),
        facts.notes(),
        layers.stream().map(Layer::note).toList(),
        undone.size(),
        mask != null,
        job().map(Job::id).orElse(null));
  }

  /** Notes that somebody uses it. */
  synchronized void used() {
    lastUse = System.nanoTime();
  }

  /** For how many nanoseconds nobody has used it. */
  synchronized long idle() {
    return System.nanoTime() - lastUse;
  }

  /** Gives all memory back. */
  synchronized void forget() {
    share.close();
    layers.forEach(Layer::forget);
    undone.forEach(Layer::forget);
  }
}
