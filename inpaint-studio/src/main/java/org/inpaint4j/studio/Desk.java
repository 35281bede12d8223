package org.inpaint4j.studio;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.inpaint4j.files.PictureException;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Size;
import org.jspecify.annotations.Nullable;

/**
 * Where pictures are decoded: one at a time, since this takes three times their samples. The last
 * one stays as long as Java's memory has room.
 */
final class Desk {

  /** The longer side of a reduced picture. */
  private static final int REDUCED = 2048;

  private static final long PATIENCE_SECONDS = 60;

  private final long mostPixels;
  private final Semaphore decoding = new Semaphore(1, true);
  private final Semaphore using = new Semaphore(2, true);
  private @Nullable OpenPicture owner;
  private SoftReference<Decoded> last = new SoftReference<>(null);

  Desk(long mostPixels) {
    this.mostPixels = mostPixels;
  }

  /** Decodes a file that is new, and reduces it. */
  OpenPicture open(Upload upload, String name, boolean inFolder) throws IOException {
    take(using);
    try {
      PictureFile file = decode(upload.bytes());
      Size size = Size.of(file.image());
      Size reduced = Reduction.within(size, REDUCED);
      BufferedImage small = Reduction.of(file.image(), Bounds.of(size), reduced);
      boolean transparent = file.image().getColorModel().hasAlpha();
      OpenPicture.Facts facts =
          new OpenPicture.Facts(name, inFolder, size, reduced, transparent, file.notes());
      byte[] preview = file.withImage(small).toBytes(facts.shownAs());
      OpenPicture picture = new OpenPicture(upload, facts, preview);
      keep(picture, new Decoded(file));
      return picture;
    } finally {
      using.release();
    }
  }

  /** Uses a picture with its fills, on a thread of a request. */
  <T> T use(OpenPicture picture, Decoded.Use<T> use) throws Exception {
    take(using);
    try {
      return useForFill(picture, use);
    } finally {
      using.release();
    }
  }

  /** Uses a file that is nobody's picture, on a thread of a request. */
  <T> T use(byte[] file, Decoded.Use<T> use) throws Exception {
    take(using);
    try {
      return use.with(decode(file));
    } finally {
      using.release();
    }
  }

  /** Uses a picture with its fills, on the one thread that fills. */
  <T> T useForFill(OpenPicture picture, Decoded.Use<T> use) throws Exception {
    List<Layer> layers = picture.layers();
    return decoded(picture).use(layers, use);
  }

  /**
   * Decodes a file.
   *
   * @throws Refusal if it is too large or broken
   */
  PictureFile decode(byte[] file) {
    PictureSize.check("a picture", file, mostPixels);
    take(decoding);
    try {
      makeRoom();
      PictureFile picture = PictureFile.read("a picture", "the upload", file);
      Size size = Size.of(picture.image());
      if ((long) size.width() * size.height() > mostPixels) {
        throw new Refusal(
            Refusal.TOO_LARGE,
            "a picture must have at most " + mostPixels + " pixels: found " + size);
      }
      return picture;
    } catch (PictureException e) {
      throw Refusal.of(Refusal.BAD_REQUEST, e);
    } finally {
      decoding.release();
    }
  }

  private Decoded decoded(OpenPicture picture) {
    Decoded there = kept(picture);
    if (there == null) {
      there = new Decoded(decode(picture.file()));
      keep(picture, there);
    }
    return there;
  }

  private synchronized @Nullable Decoded kept(OpenPicture picture) {
    return picture.equals(owner) ? last.get() : null;
  }

  private synchronized void keep(OpenPicture picture, Decoded decoded) {
    owner = picture;
    last = new SoftReference<>(decoded);
  }

  private synchronized void makeRoom() {
    owner = null;
    last = new SoftReference<>(null);
  }

  private static void take(Semaphore semaphore) {
    try {
      if (!semaphore.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new Refusal(
            Refusal.TOO_MANY, "other pictures are being decoded for too long; try again later");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(Refusal.TOO_MANY, "the studio is closing", e);
    }
  }
}
