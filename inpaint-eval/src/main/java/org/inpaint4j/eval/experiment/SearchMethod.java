package org.inpaint4j.eval.experiment;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.search.LossTrace;
import org.inpaint4j.image.Mask;
import org.inpaint4j.Provenance;

/** An inpainter as a method of the table. */
final class SearchMethod implements FillMethod {

  private final String name;
  private final Inpainter inpainter;
  private final String identity;
  private final Runnable closing;

  SearchMethod(String name, Inpainter inpainter, Runnable closing) {
    this.name = name;
    this.inpainter = inpainter;
    this.closing = closing;
    // A picture without a hole is given back as it is, with the provenance, and without a search.
    BufferedImage whole = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    Provenance provenance =
        inpainter.inpaint(whole, Mask.rectangle(64, 64, 0, 0, 0, 0)).provenance();
    this.identity =
        provenance.generator()
            + "; "
            + String.join(", ", provenance.losses())
            + "; "
            + provenance.search()
            + "; seed "
            + provenance.seed();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public void close() {
    closing.run();
  }

  @Override
  public boolean usesAllCores() {
    return true;
  }

  @Override
  public List<Fill> fill(List<ImagePlanes> images, List<Mask> masks, long[] seeds) {
    List<Inpainter.Task> tasks = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      tasks.add(new Inpainter.Task(PictureFiles.toImage(images.get(i)), masks.get(i)));
    }
    List<Fill> fills = new ArrayList<>();
    for (InpaintResult result : inpainter.inpaint(tasks)) {
      LossTrace trace = result.search().trace();
      List<Double> losses = new ArrayList<>(trace.steps());
      for (int step = 0; step < trace.steps(); step++) {
        losses.add(trace.total(step));
      }
      fills.add(new Fill(PictureFiles.toPlanes(result.image()), losses));
    }
    return fills;
  }

  @Override
  public String toString() {
    return name;
  }
}
