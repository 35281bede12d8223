package org.inpaint4j;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Square;

/**
 * A photo's hole, divided.
 *
 * @param parts what the filler fills
 * @param rest what another filler fills after it: a mask of the whole photo
 */
record PlannedHole(List<PlannedPart> parts, Optional<Mask> rest) {

  /**
   * Divides a hole for a filler.
   *
   * @param mayRest whether pixels may be left for another filler
   * @param sources of the photo, what may be copied from
   */
  static PlannedHole of(
      Photo photo,
      Mask mask,
      Framing framing,
      Filler filler,
      boolean mayRest,
      Optional<Mask> sources) {
    if (mask.holeCount() == 0) {
      return new PlannedHole(List.of(), Optional.empty());
    }
    Optional<ImageShape> shape = filler.imageShape();
    if (shape.isEmpty()) {
      PlannedPart all = PlannedPart.aroundHole(photo, mask, filler.context(), sources);
      return new PlannedHole(List.of(all), Optional.empty());
    }
    List<Framing.Framed> framed = framing.frame(photo, mask, shape.get());
    List<Square> squares = framed.stream().map(Framing.Framed::square).toList();
    List<PlannedPart> parts = new ArrayList<>();
    Optional<Mask> rest = Optional.empty();
    for (Shares.Share share : Shares.of(mask, squares, mayRest)) {
      if (share.square() == Shares.REST) {
        rest = Optional.of(ofPhoto(mask, share));
      } else {
        parts.add(
            PlannedPart.inSquare(photo, mask, framed.get(share.square()), shape.get(), share));
      }
    }
    return new PlannedHole(parts, rest);
  }

  private static Mask ofPhoto(Mask mask, Shares.Share share) {
    BitSet hole = share.hole().holeBits();
    BitSet pixels = new BitSet();
    for (int i = hole.nextSetBit(0); i >= 0; i = hole.nextSetBit(i + 1)) {
      int x = share.crop().x() + i % share.crop().width();
      int y = share.crop().y() + i / share.crop().width();
      pixels.set(y * mask.width() + x);
    }
    return Mask.of(mask.size(), pixels);
  }
}
