package org.inpaint4j.faces;

import java.util.List;
import java.util.Optional;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.LatentModel;
import org.inpaint4j.blend.DistanceBlender;
import org.inpaint4j.image.Blender;
import org.inpaint4j.image.Filler;
import org.inpaint4j.search.SearchOptions;

/**
 * A model of faces searched with {@link FaceCompletion} as its guide.
 *
 * @param completion the guide
 * @param faces what is searched
 * @param stages the searches, one after the other
 * @param blender of what was found
 */
record GuidedFaces(
    FaceCompletion completion, LatentModel faces, List<GuidedSearch.Stage> stages, Blender blender)
    implements InpaintModel {

  /** {@link Faces64}: latents are fitted to the completed picture, then searched for the hole. */
  static GuidedFaces dcgan() {
    int starts = 4;
    SearchOptions options = SearchOptions.balanced().toBuilder().restarts(starts).build();
    return new GuidedFaces(
        FaceCompletion.load(),
        Faces64.load(),
        List.of(
            new GuidedSearch.Stage(0.1, 0.1, options.toBuilder().steps(24).build()),
            new GuidedSearch.Stage(0.02, 0.1, options.toBuilder().steps(40).draws(starts).build())),
        DistanceBlender.create());
  }

  /**
   * {@link StyleFaces64}, from its mean style. A weight of 0.3 of the completion was better than
   * 0.03 and 0.1 in l1, SSIM, PSNR and feature distance, and 1 was no better
   * (docs/model-card-style-faces64.md). Its fillings are smooth, so wide parts keep their contrast.
   */
  static GuidedFaces styleGan() {
    StyleFaces64 faces = StyleFaces64.load();
    SearchOptions options = faces.search().toBuilder().steps(300).build();
    return new GuidedFaces(
        FaceCompletion.load(),
        faces,
        List.of(new GuidedSearch.Stage(StyleFaces64.EVERYWHERE, 0.3, options)),
        DistanceBlender.ofThinParts());
  }

  @Override
  public Filler filler() {
    return new GuidedSearch(completion.network(), faces, stages);
  }

  @Override
  public Framing framing() {
    return faces.framing();
  }

  @Override
  public Optional<Filler> rest() {
    return faces.rest();
  }
}
