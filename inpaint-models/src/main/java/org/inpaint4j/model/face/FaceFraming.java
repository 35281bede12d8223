package org.inpaint4j.model.face;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.inpaint4j.Framing;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Square;

/** Shows a model the faces at the hole, see {@link Faces#framing()}. */
final class FaceFraming implements Framing {

  /** Below it half of the squares are wrong ones; 4 % of the right ones are. */
  static final double UNSURE = 0.75;

  private final Supplier<FaceFinder> finder;

  FaceFraming(Supplier<FaceFinder> finder) {
    this.finder = finder;
  }

  @Override
  public List<Square> squares(Photo photo, Mask mask, ImageShape model) {
    return frame(photo, mask, model).stream().map(Framed::square).toList();
  }

  @Override
  public List<Framed> frame(Photo photo, Mask mask, ImageShape model) {
    FaceFinder.Sight sight = finder.get().look(photo, mask);
    if (sight.seen().isEmpty()) {
      throw new NoFaceException();
    }
    return sight.atHole().stream().map(FoundFace::framed).toList();
  }

  /** A face with a warning if it was hardly seen. */
  static Framed framed(FoundFace face) {
    List<InpaintWarning> warnings = List.of();
    if (face.score() < UNSURE) {
      warnings =
          List.of(
              new InpaintWarning(
                  InpaintWarning.Kind.UNSURE_SQUARE,
                  String.format(
                      Locale.ROOT,
                      "the face at the hole was hardly seen: the square of %s has a score of %.2f"
                          + " (less than %.2f); is it the face, upright? --region x,y,size or"
                          + " Framing.square gives another one",
                      face.square(),
                      face.score(),
                      UNSURE)));
    }
    return new Framed(face.square(), OptionalDouble.of(face.score()), warnings);
  }
}
