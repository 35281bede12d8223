package org.inpaint4j.eval.experiment;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.inpaint4j.InpaintOutcome;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.search.FoundLatent;

/** An inpainter as a column of a table. */
record InpainterMethod(FillMethod method) implements TableMethod {

  @Override
  public String name() {
    return method.name();
  }

  @Override
  public String identity(String image, String kind) {
    return method.identity();
  }

  @Override
  public String description() {
    return method.identity();
  }

  @Override
  public boolean isConcurrent() {
    return method.inpainter().isConcurrent();
  }

  @Override
  public Fills fill(List<TableHole> holes) throws IOException {
    List<InpaintRequest> requests = new ArrayList<>();
    for (TableHole hole : holes) {
      requests.add(
          InpaintRequest.of(PictureFiles.toImage(hole.known()), hole.mask()).seed(hole.seed()));
    }
    double processor = processorSeconds();
    long begin = System.nanoTime();
    List<InpaintOutcome> outcomes = method.inpainter().inpaintAll(requests);
    double seconds = (System.nanoTime() - begin) / 1e9;
    processor = processorSeconds() - processor;
    // An interrupted search gives the best it has so far, which is not what the table is about.
    TableFilling.checkNotInterrupted();
    List<Fill> fills = new ArrayList<>();
    for (int i = 0; i < holes.size(); i++) {
      InpaintResult result = result(outcomes.get(i), holes.get(i).image());
      fills.add(new Fill(result.image(), losses(result)));
    }
    return new Fills(fills, seconds, processor);
  }

  private InpaintResult result(InpaintOutcome outcome, String image) throws IOException {
    if (outcome.error().isPresent()) {
      throw new IOException(
          "the method "
              + name()
              + " must fill every image: found that "
              + image
              + " failed, "
              + outcome.error().get().getMessage(),
          outcome.error().get());
    }
    return outcome.orElseThrow();
  }

  private static List<Double> losses(InpaintResult result) {
    List<Double> losses = new ArrayList<>();
    if (!result.parts().isEmpty() && result.parts().get(0).filling() instanceof FoundLatent found) {
      for (int step = 0; step < found.trace().steps(); step++) {
        losses.add(found.trace().total(step));
      }
    }
    return losses;
  }

  /** The processor time of this process so far; NaN where the system does not tell. */
  private static double processorSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            && system.getProcessCpuTime() >= 0
        ? system.getProcessCpuTime() / 1e9
        : Double.NaN;
  }
}
