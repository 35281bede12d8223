package org.inpaint4j.faces;

import org.inpaint4j.InpaintModel;
import org.inpaint4j.LatentModel;
import org.inpaint4j.model.Models;
import org.inpaint4j.search.SearchOptions;

/**
 * The models of faces, by what they are for. A fill cannot be both nearest to the truth and the
 * best to look at: what is unknown is blurred by the first and invented by the second (Blau and
 * Michaeli, "The Perception-Distortion Tradeoff", 2018).
 */
public final class FaceModels {

  private FaceModels() {}

  /**
   * For pictures that are looked at: {@link FaceCompletion}. An eye is an eye, though not that
   * person's.
   *
   * @return the model, loaded anew
   */
  public static InpaintModel believable() {
    return FaceCompletion.load();
  }

  /**
   * For what is measured, and for scattered pixels: {@link Faces64} with {@link
   * SearchOptions#balanced}. The lowest error on average, with a smudge where an eye is unknown.
   *
   * @return the model, loaded anew
   */
  public static LatentModel faithful() {
    return Faces64.load();
  }

  /**
   * {@link #faithful} in a third of its time.
   *
   * @return the model, loaded anew
   */
  public static LatentModel fast() {
    return Models.withSearch(Faces64.load(), SearchOptions.fast());
  }

  /**
   * Both worlds: {@link Faces64}, searched from latents that fit what {@link FaceCompletion} makes,
   * which is also the target in the hole. For comparisons: nearer to the truth than {@link
   * #faithful}, and as soft (docs/results.md).
   *
   * @return the model, loaded anew
   */
  public static InpaintModel guided() {
    return GuidedFaces.dcgan();
  }

  /**
   * A StyleGAN, for comparisons: {@link StyleFaces64}. Sharper than {@link #faithful}, and no
   * nearer to the truth.
   *
   * @return the model, loaded anew
   */
  public static LatentModel style() {
    return StyleFaces64.load();
  }

  /**
   * {@link StyleFaces64}, searched in w+ for what {@link FaceCompletion} makes. For comparisons:
   * the best that was found to search a StyleGAN of faces with, and slow (docs/results.md).
   *
   * @return the model, loaded anew
   */
  public static InpaintModel guidedStyle() {
    return GuidedFaces.styleGan();
  }

  /**
   * For comparisons with Yeh et al. (2017): {@link Faces64} with the losses, the search and the
   * blending of the paper. Slower and worse than the others.
   *
   * @return the model, loaded anew
   */
  public static LatentModel paper() {
    return Models.asInPaper(Faces64.load());
  }
}
