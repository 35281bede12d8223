package org.inpaint4j.cli;

import org.inpaint4j.InpaintRequest;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.Margins;

/**
 * A photo that is to be filled.
 *
 * @param photo what its file says
 * @param request its pixels and the hole
 */
record PhotoTask(PictureFile photo, InpaintRequest request) {

  /** The task of a photo that has no hole but what it is extended by. */
  static PhotoTask extending(PictureFile photo, Margins margins) {
    return new PhotoTask(photo, InpaintRequest.extending(photo.image(), margins));
  }

  /** The same photo, extended as well. */
  PhotoTask extended(Margins margins) {
    return new PhotoTask(
        photo, InpaintRequest.of(margins.extended(request.image()), margins.hole(request.mask())));
  }
}
