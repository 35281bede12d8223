package org.inpaint4j.photo;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.Composition;
import org.inpaint4j.Framing;
import org.inpaint4j.image.Filler;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Square;
import org.inpaint4j.model.ShippedModel;

/**
 * The faces at a hole first, each by the model; then the rest, which sees them.
 *
 * <p>In this order, because a model of faces needs nothing of the rest (what of a face is missing
 * follows from what of it is known), while patches go by what is beside the hole. The other way
 * round they cut off jaws and put teeth and eyes into the background, where a face that is still
 * missing is beside them. Faces are not copied into what is no face.
 */
final class FacesAndRest implements Composition {

  private final Optional<FaceModel> faces;
  private final Filler rest;

  FacesAndRest(Optional<ShippedModel> faces, Filler rest) {
    checkArgument(
        rest.imageShape().isEmpty(),
        "what fills the rest must work at the resolution of the photo: found %s",
        rest);
    this.faces = faces.map(FaceModel::new);
    this.rest = rest;
  }

  @Override
  public List<Stage> stages(Photo photo, Mask mask, Optional<Framing> framing) {
    List<Stage> stages = new ArrayList<>();
    BitSet left = mask.holeBits();
    List<Square> seen = List.of();
    if (faces.isPresent()) {
      FaceModel model = faces.get();
      FaceModel.Seen found = model.at(photo, mask, framing);
      seen = found.seen();
      for (Framing.Framed face : found.atHole()) {
        Optional<Mask> part = FacePart.of(Mask.of(mask.size(), left), face.square());
        if (part.isPresent()) {
          stages.add(model.stage(face, part.get()));
          left.andNot(part.get().holeBits());
        }
      }
    }
    if (!left.isEmpty()) {
      Mask hole = Mask.of(mask.size(), left);
      Stage stage = Stage.of(name(rest), hole, rest);
      stages.add(FacePart.notToCopy(hole, seen).map(stage::avoiding).orElse(stage));
    }
    return stages;
  }

  private static String name(Filler filler) {
    return filler.provenance().getOrDefault("filler", "rest");
  }

  /** Fillers of models take turns. */
  @Override
  public boolean isThreadSafe() {
    return faces.isEmpty() && rest.isThreadSafe();
  }

  @Override
  public Map<String, String> provenance() {
    Map<String, String> made = new LinkedHashMap<>();
    made.put("filler", faces.isPresent() ? "faces and rest" : "rest");
    faces.ifPresent(model -> made.put("faces", model.name()));
    rest.provenance().forEach((name, value) -> made.put("rest " + name, value));
    return made;
  }

  @Override
  public void close() {
    faces.ifPresent(FaceModel::close);
    rest.close();
  }
}
