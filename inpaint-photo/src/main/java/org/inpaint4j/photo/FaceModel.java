package org.inpaint4j.photo;

import java.util.List;
import java.util.Optional;
import org.inpaint4j.Composition;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Square;
import org.inpaint4j.model.ShippedModel;
import org.inpaint4j.model.face.FaceFinder;
import org.inpaint4j.model.face.FoundFace;
import org.jspecify.annotations.Nullable;

/**
 * A model of faces and the finder of faces, each loaded at its first use.
 *
 * <p>Not safe for use by several threads at once.
 */
final class FaceModel implements AutoCloseable {

  private final ShippedModel shipped;
  private @Nullable FaceFinder finder;
  private @Nullable Filler filler;
  private @Nullable Blender blender;

  FaceModel(ShippedModel shipped) {
    this.shipped = shipped;
  }

  String name() {
    return shipped.name();
  }

  /**
   * Faces of a photo.
   *
   * @param atHole those that a model could fill something of, the clearest first
   * @param seen the squares of all that were seen, about
   */
  record Seen(List<Framing.Framed> atHole, List<Square> seen) {}

  /**
   * The faces at a hole.
   *
   * @param framing gives squares instead of the finder's, if present
   * @return none if all of the hole is too thin, or the thread is interrupted
   */
  Seen at(Photo photo, Mask mask, Optional<Framing> framing) {
    if (framing.isPresent()) {
      return new Seen(
          framing.get().frame(photo, mask, filler().imageShape().orElseThrow()), List.of());
    }
    if (!FacePart.mayBe(mask) || Thread.currentThread().isInterrupted()) {
      return new Seen(List.of(), List.of());
    }
    if (finder == null) {
      finder = shipped.takesOnePass() ? FaceFinder.load(this::filler) : FaceFinder.load();
    }
    FaceFinder.Sight sight = finder.look(photo, mask);
    return new Seen(sight.atHole().stream().map(FoundFace::framed).toList(), sight.seen());
  }

  /** The work on one face. */
  Composition.Stage stage(Framing.Framed face, Mask part) {
    Filler fills = filler();
    return new Composition.Stage(
        shipped.name(), part, fills, Optional.of(face), java.util.Objects.requireNonNull(blender));
  }

  private Filler filler() {
    if (filler == null) {
      InpaintModel model = shipped.load();
      filler = model.filler();
      blender = model.blender();
    }
    return filler;
  }

  @Override
  public void close() {
    if (finder != null) {
      finder.close();
    }
    if (filler != null) {
      filler.close();
    }
  }
}
