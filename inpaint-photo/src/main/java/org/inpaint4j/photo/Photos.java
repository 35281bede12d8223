package org.inpaint4j.photo;

import java.util.List;
import java.util.Optional;
import org.inpaint4j.Inpainter;
import org.inpaint4j.image.Filler;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.ShippedModel;
import org.inpaint4j.patch.MixedFill;
import org.inpaint4j.patch.PatchFill;

/**
 * Inpainters for any photo.
 *
 * <pre>{@code
 * try (Inpainter inpainter = Photos.automatic()) {
 *   InpaintResult result = inpainter.inpaint(photo, Mask.whiteIsHole(maskImage));
 *   ImageIO.write(result.image(), "png", file);
 * }
 * }</pre>
 *
 * <p>What of a hole hides a face is filled by a model of faces; then all else by patches of the
 * photo, thin and scattered parts by fills of their own, which see the face as it was filled.
 * {@link org.inpaint4j.InpaintResult#map} tells who made which pixel. {@code docs/photos.md} says
 * how the parts are told apart.
 *
 * <p>Not where all holes are of one kind that is known: then {@link Inpainter#builder} with one
 * model or filler does the same and looks for nothing.
 */
public final class Photos {

  /** What models of faces call their subject. */
  private static final String FACES = "faces";

  /**
   * Of several models of faces this one is taken: it takes one pass, and looks most like a face.
   */
  private static final String PREFERRED = "facecompletion";

  private Photos() {}

  /**
   * An inpainter that chooses by itself: the model of faces that is on the class path (that of
   * {@code inpaint-faces}, say), and {@link MixedFill} of {@link PatchFill} for the rest. Without a
   * model on the class path that fills everything, and no native library is needed.
   *
   * <p>ND4J is not loaded before a hole is wide enough to hide something of a face, and the model
   * not before a face was found.
   *
   * @return a new inpainter, which the caller closes
   */
  public static Inpainter automatic() {
    return automatic(MixedFill.of(PatchFill.create()));
  }

  /**
   * An inpainter that chooses by itself, as {@link #automatic()}, with another filler of the rest:
   * a {@link MixedFill} of patches with options of their own, say.
   *
   * @param rest what fills the rest, at the resolution of the photo; closed with the inpainter
   * @return a new inpainter, which the caller closes
   * @throws IllegalArgumentException if that filler takes images of one size only
   */
  public static Inpainter automatic(Filler rest) {
    return of(modelOfFaces(), rest);
  }

  /**
   * An inpainter of given parts.
   *
   * @param faces the model of faces, loaded when the first face is filled; it must know faces as
   *     {@link org.inpaint4j.model.face.Faces#framing} shows them. Empty to fill faces like all
   *     else.
   * @param rest what fills the rest, at the resolution of the photo; closed with the inpainter
   * @return a new inpainter, which the caller closes
   * @throws IllegalArgumentException if the filler of the rest takes images of one size only
   */
  public static Inpainter of(Optional<ShippedModel> faces, Filler rest) {
    return Inpainter.builder().composition(new FacesAndRest(faces, rest)).build();
  }

  /**
   * The model of faces that {@link #automatic} takes: one on the class path that says that its
   * subject is faces.
   *
   * @return the model, not loaded; empty if there is none
   */
  public static Optional<ShippedModel> modelOfFaces() {
    List<ShippedModel> models =
        Models.shipped().stream().filter(model -> model.subject().equals(FACES)).toList();
    return models.stream()
        .filter(model -> model.name().equals(PREFERRED))
        .findFirst()
        .or(() -> models.stream().findFirst());
  }
}
