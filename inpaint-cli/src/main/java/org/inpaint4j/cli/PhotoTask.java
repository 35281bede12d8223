package org.inpaint4j.cli;

import org.inpaint4j.InpaintRequest;
import org.inpaint4j.files.PictureFile;

/**
 * A photo that is to be filled.
 *
 * @param photo what its file says
 * @param request its pixels and the hole
 */
record PhotoTask(PictureFile photo, InpaintRequest request) {}
