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
 * What is beside the faces at a hole first, without copying from them; then the faces, each by the
 * model, which sees where its background begins.
 *
 * <p>In this order, because a model knows a face by what of it is known, but nothing of the
 * background behind it, and because patches would continue the skin at the edge of a face that is
 * there already.
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
      List<Square> beside =
          stages.stream()
              .flatMap(stage -> stage.framed().stream())
              .map(Framing.Framed::square)
              .toList();
      Stage stage = Stage.of(name(rest), hole, rest);
      stages.add(0, FacePart.notToCopy(hole, seen, beside).map(stage::avoiding).orElse(stage));
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
