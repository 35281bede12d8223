package org.inpaint4j.studio;

import java.io.OutputStream;
import java.util.List;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Size;
import org.jspecify.annotations.Nullable;

/**
 * Fills an uploaded picture with an uploaded mask. Of the result it keeps the pixels of the hole
 * alone; the rest is decoded again when the result is asked for.
 */
final class UploadFill implements Job.Work {

  /** What clients are told. */
  record Note(int width, int height, String by, double seconds, List<Layer.WarningNote> warnings) {}

  private final byte[] picture;
  private final byte[] mask;
  private final FillOrder order;
  private final PictureFormat format;
  private final MemoryBudget.Share share;
  private final FillWork work;
  private final Desk desk;
  private final MemoryBudget.Source memory;
  private MemoryBudget.@Nullable Share shareOfMade;
  private volatile @Nullable HolePixels made;

  UploadFill(
      Multipart form,
      FillOrder order,
      PictureFormat format,
      MemoryBudget.Share share,
      FillWork work,
      Desk desk,
      MemoryBudget.Source memory) {
    this.picture = form.part("picture").content();
    this.mask = form.part("mask").content();
    this.order = order;
    this.format = format;
    this.share = share;
    this.work = work;
    this.desk = desk;
    this.memory = memory;
  }

  @Override
  public Object run(Job job) throws Exception {
    PictureFile file = desk.decode(picture);
    file.checkHolds(format);
    FillWork.checkGoesOn(job);
    Size size = Size.of(file.image());
    Mask hole = PaintedMask.decode(mask, size);
    if (hole.holeCount() == 0) {
      throw Refusal.badRequest("there must be something to fill: the mask has no white pixel");
    }
    shareOfMade = memory.take(HolePixels.of(file.image(), hole).bytes());
    long start = System.nanoTime();
    InpaintResult result = work.fill(file.image(), hole, order, 0, job, progress -> {});
    double seconds = (System.nanoTime() - start) / 1e9;
    made = HolePixels.of(result.image(), hole);
    return new Note(
        size.width(),
        size.height(),
        FillWork.by(result),
        seconds,
        result.warnings().stream().map(Layer::note).toList());
  }

  PictureFormat format() {
    return format;
  }

  /**
   * Writes the filled picture.
   *
   * @throws Refusal if it is not filled
   */
  void writeTo(OutputStream out) throws Exception {
    HolePixels pixels = made;
    if (pixels == null) {
      throw new Refusal(Refusal.CONFLICT, "the job must be done: it has no result");
    }
    desk.use(
        picture,
        file -> {
          pixels.writeTo(file.image());
          file.write(out, format);
          return file;
        });
  }

  @Override
  public void forget() {
    made = null;
    share.close();
    if (shareOfMade != null) {
      shareOfMade.close();
    }
  }
}
