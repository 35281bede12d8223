package org.inpaint4j.photo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.blend.PoissonBlender;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.files.PictureException;
import org.inpaint4j.files.PictureSet;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Resampler;
import org.inpaint4j.image.Square;
import org.inpaint4j.model.face.FaceFinder;
import org.inpaint4j.model.face.Faces;
import org.inpaint4j.model.face.FoundFace;
import org.inpaint4j.patch.ExampleFill;
import org.inpaint4j.patch.MixedFill;
import org.inpaint4j.patch.PatchFill;

/**
 * Fills faces from the faces of other pictures: further photos of the same person, say, or a set
 * whose licence is clean. The faces are found and set upright; {@link ExampleFill} copies from the
 * one that fits best.
 *
 * <p>It invents nothing, so with photos of the same person the eyes are that person's own. Do not
 * use it with less than some hundred faces of others: none of them will fit.
 */
public final class FaceExamples implements InpaintModel {

  /** Rows and columns of an example. */
  private static final int SIDE = 192;

  /** Smaller faces, in pixels of the picture, are left out: they would be blurred. */
  private static final int SMALLEST = 96;

  /** Faces are left out if more of their square lies outside of the picture. */
  private static final double OUTSIDE = 0.1;

  private final ExampleFill filler;

  private FaceExamples(ExampleFill filler) {
    this.filler = filler;
  }

  /**
   * Looks for the faces of a set of pictures, which takes about a tenth of a second a picture.
   * Pictures without a face, and faces of less than 96 pixels, are left out.
   *
   * @param pictures a folder, with its subfolders, or a zip file
   * @return the model; each of its faces takes 110 kB
   * @throws PictureException if there is no such folder or file, a picture cannot be read, or there
   *     is no face in any
   * @throws IOException if the folder cannot be read
   */
  public static FaceExamples of(Path pictures) throws IOException {
    List<ImagePlanes> faces = new ArrayList<>();
    try (PictureSet set = PictureSet.open(pictures, true);
        FaceFinder finder = FaceFinder.load()) {
      for (String name : set.names()) {
        Photo photo = Photo.of(set.read(name).image());
        Mask whole = Mask.rectangle(photo.size().width(), photo.size().height(), 0, 0, 0, 0);
        for (FoundFace face : finder.all(photo, whole)) {
          upright(photo, whole, face.square()).ifPresent(faces::add);
        }
      }
      if (faces.isEmpty()) {
        throw new PictureException(
            "examples must be pictures of faces of "
                + SMALLEST
                + " pixels or more: found none in "
                + set.names().size()
                + " pictures of "
                + pictures);
      }
    }
    return new FaceExamples(ExampleFill.of(faces));
  }

  private static Optional<ImagePlanes> upright(Photo photo, Mask whole, Square square) {
    if (square.size() < SMALLEST) {
      return Optional.empty();
    }
    Resampler.Shrunk shrunk = Resampler.shrink(photo, whole, square, ImageShape.square(3, SIDE));
    Mask outside = shrunk.mask();
    if (outside.holeFraction() > OUTSIDE) {
      return Optional.empty();
    }
    return Optional.of(
        outside.holeCount() == 0
            ? shrunk.target()
            : SmoothFill.HARMONIC.fill(shrunk.target(), outside));
  }

  @Override
  public Filler filler() {
    return filler;
  }

  /** The faces at the hole, set upright. */
  @Override
  public Framing framing() {
    return Faces.framing();
  }

  /** What of a hole lies outside of the faces is filled by patches of the photo. */
  @Override
  public Optional<Filler> rest() {
    return Optional.of(MixedFill.of(PatchFill.create()));
  }

  /** Poisson: colours of the example give way to those around the hole, its details stay. */
  @Override
  public Blender blender() {
    return PoissonBlender.create();
  }
}
