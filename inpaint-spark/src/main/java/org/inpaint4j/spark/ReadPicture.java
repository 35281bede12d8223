package org.inpaint4j.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.inpaint4j.InpaintOutcome;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.InpaintWarning;
import org.inpaint4j.image.Mask;

/**
 * A picture that is to be filled.
 *
 * @param photo what its file says
 * @param hole as large as the picture
 */
record ReadPicture(PictureFile photo, Mask hole) {

  /** The request, which writes into the picture that was read. */
  InpaintRequest request() {
    return InpaintRequest.of(photo.image(), hole).inPlace();
  }

  /**
   * What became of the request.
   *
   * @throws CancellationException if the task was killed: nobody wants its rows, and the best so
   *     far must not pass for a result
   */
  FilledPicture filled(InpaintOutcome outcome, PictureFormat format) {
    if (outcome.error().isPresent()) {
      return FilledPicture.failed(FillPartition.sentence(outcome.error().get()));
    }
    InpaintResult result = outcome.orElseThrow();
    if (result.status() == FillStatus.CANCELLED) {
      throw new CancellationException("the task was killed while a picture was filled");
    }
    List<String> warnings = new ArrayList<>(photo.notes());
    warnings.addAll(photo.losses(format));
    result.warnings().stream().map(InpaintWarning::message).forEach(warnings::add);
    try {
      byte[] file = photo.withImage(result.image()).toBytes(format);
      return FilledPicture.of(file, result, warnings);
    } catch (IOException e) {
      return FilledPicture.failed(FillPartition.sentence(e));
    }
  }
}
