package org.inpaint4j.examples;

import org.inpaint4j.image.Blender;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/**
 * A blender of one's own: it pastes the generated face as it is, so that the seam shows what
 * blending is for.
 */
final class OwnBlender implements Blender {

  @Override
  public ImagePlanes blend(ImagePlanes image, ImagePlanes filling, Mask mask) {
    ImagePlanes result = image.copy();
    int plane = image.width() * image.height();
    for (int c = 0; c < image.channels(); c++) {
      for (int i = 0; i < plane; i++) {
        if (mask.isHole(i % image.width(), i / image.width())) {
          result.samples()[c * plane + i] = filling.samples()[c * plane + i];
        }
      }
    }
    return result;
  }
}
