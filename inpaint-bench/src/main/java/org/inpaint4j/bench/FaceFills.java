package org.inpaint4j.bench;

import com.google.common.math.StatsAccumulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.InpaintOutcome;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.Inpainter;
import org.inpaint4j.eval.metric.HoleFigures;
import org.inpaint4j.eval.metric.HoleMeasures;
import org.inpaint4j.eval.picture.PictureFiles;
import org.inpaint4j.faces.FaceModels;
import org.inpaint4j.image.Square;
import org.inpaint4j.model.face.FaceFinder;
import org.inpaint4j.model.face.Faces;

/** How much the fills of a model of faces lose when the squares are found instead of known. */
final class FaceFills {

  private final Inpainter inpainter;
  private final HoleMeasures measures;

  private FaceFills(Inpainter inpainter, HoleMeasures measures) {
    this.inpainter = inpainter;
    this.measures = measures;
  }

  /**
   * Prints the measures of fills of nose and mouth, with several squares.
   *
   * @param wanted the name of the class of a model, or {@code yes} for both
   */
  static void print(
      FaceFinder finder, String wanted, List<FaceCase> upright, List<FaceCase> turned) {
    for (InpaintModel model : List.of(FaceModels.fast(), FaceModels.believable())) {
      String name = model.getClass().getSimpleName();
      if (wanted.equals("yes") || wanted.equals(name)) {
        System.out.println("Fills by " + name);
        print(finder, model, upright, turned);
      }
    }
  }

  private static void print(
      FaceFinder finder, InpaintModel model, List<FaceCase> upright, List<FaceCase> turned) {
    System.out.println(
        "| faces | square | PSNR in the hole | more than known | feature distance | more than known |");
    System.out.println("|---|---|---|---|---|---|");
    try (Inpainter inpainter = Inpainter.builder().model(model).build();
        HoleMeasures measures = HoleMeasures.create()) {
      FaceFills fills = new FaceFills(inpainter, measures);
      List<HoleFigures> known = fills.of(upright, FaceFills::known);
      print("upright", "known", known, known);
      print("upright", "found", fills.of(upright, face -> Faces.framing(finder)), known);
      known = fills.of(turned, FaceFills::known);
      print("turned", "known", known, known);
      print("turned", "found", fills.of(turned, face -> Faces.framing(finder)), known);
      print("turned", "upright", fills.of(turned, FaceFills::upright), known);
    }
  }

  private interface Frames {
    Framing of(FaceCase face);
  }

  private static Framing known(FaceCase face) {
    return (photo, mask, model) -> List.of(face.face());
  }

  private static Framing upright(FaceCase face) {
    Square square = face.face();
    Square straight = Square.around(square.centreX(), square.centreY(), square.size(), 0);
    return (photo, mask, model) -> List.of(straight);
  }

  private List<HoleFigures> of(List<FaceCase> cases, Frames frames) {
    List<InpaintRequest> requests = new ArrayList<>();
    for (FaceCase face : cases) {
      FaceCase holed = face.covered(0.28, 0.4, 0.72, 0.8);
      requests.add(InpaintRequest.of(holed.photo(), holed.mask()).framing(frames.of(face)));
    }
    List<InpaintOutcome> outcomes = inpainter.inpaintAll(requests);
    List<HoleFigures> figures = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      figures.add(
          measures.of(
              PictureFiles.toPlanes(cases.get(i).photo()),
              PictureFiles.toPlanes(outcomes.get(i).orElseThrow().image()),
              requests.get(i).mask()));
    }
    return figures;
  }

  private static void print(
      String faces, String square, List<HoleFigures> figures, List<HoleFigures> known) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.2f dB | %s | %.3f | %s |%n",
        faces,
        square,
        mean(figures, HoleFigures::psnr),
        more(figures, known, HoleFigures::psnr),
        mean(figures, HoleFigures::featureDistance),
        more(figures, known, HoleFigures::featureDistance));
  }

  private static double mean(List<HoleFigures> figures, ToDoubleFunction<HoleFigures> measure) {
    return figures.stream().mapToDouble(measure).average().orElseThrow();
  }

  /** The mean difference of the same faces, and its standard error. */
  private static String more(
      List<HoleFigures> figures, List<HoleFigures> known, ToDoubleFunction<HoleFigures> measure) {
    StatsAccumulator differences = new StatsAccumulator();
    for (int i = 0; i < figures.size(); i++) {
      differences.add(measure.applyAsDouble(figures.get(i)) - measure.applyAsDouble(known.get(i)));
    }
    double error = differences.sampleStandardDeviation() / Math.sqrt(figures.size());
    return String.format(Locale.ROOT, "%+.3f ± %.3f", differences.mean(), error);
  }
}
