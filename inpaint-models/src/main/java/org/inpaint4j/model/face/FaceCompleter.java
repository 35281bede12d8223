package org.inpaint4j.model.face;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.inpaint4j.model.ShippedModel;

/** Draws what is hidden of faces that were found, and looks at them again. */
final class FaceCompleter implements AutoCloseable {

  /** How often the hidden part of a face is drawn and looked at. */
  private static final int DRAWINGS = 2;

  /** By how many degrees a half face seems turned; measured on 48 half faces. */
  private static final double SEEMING_TURN = 6;

  /** With less of a face hidden, its square is right as it is. */
  private static final double DRAWN_FROM = 0.01;

  /** With more of it hidden, there is nothing to draw it by. */
  private static final double DRAWN_TO = 0.9;

  private final Supplier<Filler> filler;
  private final Runnable whenClosed;

  private FaceCompleter(Supplier<Filler> filler, Runnable whenClosed) {
    this.filler = filler;
    this.whenClosed = whenClosed;
  }

  /** With a filler that stays the caller's; asked for when the first hidden face is found. */
  static FaceCompleter of(Supplier<Filler> filler) {
    return new FaceCompleter(filler, () -> {});
  }

  /** With a filler of its own, which is loaded at the first need. */
  static FaceCompleter of(ShippedModel model) {
    AtomicReference<Filler> filler = new AtomicReference<>();
    return new FaceCompleter(
        () -> filler.updateAndGet(loaded -> loaded != null ? loaded : model.load().filler()),
        () -> Optional.ofNullable(filler.get()).ifPresent(Filler::close));
  }

  /** The same face, seen with what is hidden of it drawn; its score is that of what is known. */
  FoundFace completed(FoundFace face, CloserLook closer, Mask mask) {
    Square found = face.square();
    double hidden = closer.hidden(found);
    if (hidden < DRAWN_FROM || hidden > DRAWN_TO) {
      return face;
    }
    // A face of which one half is seen seems to be turned to that side.
    double angle = found.angle() - SEEMING_TURN * closer.moreOfTheLeft(found);
    Square square = Square.around(found.centreX(), found.centreY(), found.size(), angle);
    Surroundings around = closer.around(square);
    for (int k = 0; k < DRAWINGS; k++) {
      DrawnFace drawn = DrawnFace.of(filler.get(), mask, around, square);
      Optional<Square> next = closer.once(square, around, drawn);
      boolean still = next.isEmpty() || CloserLook.difference(square, next.get()) < CloserLook.SAME;
      square = next.orElse(square);
      if (still) {
        break;
      }
    }
    return new FoundFace(square, face.score());
  }

  @Override
  public void close() {
    whenClosed.run();
  }
}
