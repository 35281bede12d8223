package org.inpaint4j.studio;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Progress;
import org.inpaint4j.files.PictureException;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Size;

/** Fills the hole that was painted on an open picture, and adds what was made to its fills. */
final class PictureFill implements Job.Work {

  private final OpenPicture picture;
  private final Mask hole;
  private final FillOrder order;
  private final FillWork work;
  private final Desk desk;
  private final MemoryBudget.Source memory;

  PictureFill(
      OpenPicture picture,
      Mask hole,
      FillOrder order,
      FillWork work,
      Desk desk,
      MemoryBudget.Source memory) {
    this.picture = picture;
    this.hole = hole;
    this.order = order;
    this.work = work;
    this.desk = desk;
    this.memory = memory;
  }

  @Override
  public Object run(Job job) throws Exception {
    // The picture is in use for the beginning alone: others may change what it shows meanwhile.
    Begun begun = desk.useForFill(picture, file -> begin(file, job));
    Layer layer = fill(begun, job);
    picture.add(layer, job);
    return layer.note();
  }

  /**
   * What a fill begins with.
   *
   * @param file for its profile and metadata
   * @param region of the reduced picture, around the hole
   * @param before what is in the hole
   * @param image a copy, to be filled
   * @param drafts shows what there is so far
   */
  private record Begun(
      PictureFile file,
      Region region,
      HolePixels before,
      BufferedImage image,
      Consumer<Progress> drafts) {}

  private Begun begin(PictureFile file, Job job) throws PictureException {
    Size reduced = picture.facts().reduced();
    Region region = Region.reduced(hole.holeBounds().orElseThrow(), picture.size(), reduced);
    HolePixels before = HolePixels.of(file.image(), hole);
    FillWork.checkGoesOn(job);
    Draft draft = Draft.smooth(file, hole, region, reduced, () -> !job.isCancelled());
    FillWork.checkGoesOn(job);
    LiveDraft drafts = new LiveDraft(draft, job);
    return new Begun(file, region, before, Photo.copyOf(file.image()).image(), drafts);
  }

  private Layer fill(Begun begun, Job job) throws Exception {
    Region region = begun.region();
    HolePixels before = begun.before();
    MemoryBudget.Share share = memory.take((1L + order.candidates()) * before.bytes());
    try {
      List<Layer.Candidate> made = new ArrayList<>();
      for (int k = 0; k < order.candidates(); k++) {
        long start = System.nanoTime();
        // With the first candidate there is something better to show than drafts of others.
        Consumer<Progress> looks = k == 0 ? begun.drafts() : progress -> {};
        // What a candidate leaves in the hole does not matter to the next.
        InpaintResult result = work.fill(begun.image(), hole, order, k, job, looks);
        double seconds = (System.nanoTime() - start) / 1e9;
        HolePixels pixels = before.again(result.image());
        // A network that takes one pass makes the same of every seed.
        if (made.stream().noneMatch(other -> other.pixels().sameAs(pixels))) {
          byte[] patch = patch(begun.file(), result, region);
          made.add(
              new Layer.Candidate(
                  order.seed() + k,
                  pixels,
                  patch,
                  FillWork.by(result),
                  seconds,
                  result.warnings()));
          if (k == 0 && order.candidates() > 1) {
            job.show(region, patch);
          }
        } else {
          break;
        }
      }
      return new Layer(order.method(), region, before, made, share);
    } catch (Exception | Error e) {
      share.close();
      throw e;
    }
  }

  private byte[] patch(PictureFile file, InpaintResult result, Region region)
      throws PictureException {
    Bounds part = region.full(picture.size(), picture.facts().reduced());
    return file.withImage(Reduction.of(result.image(), part, region.size()))
        .toBytes(PictureFormat.PNG);
  }
}
