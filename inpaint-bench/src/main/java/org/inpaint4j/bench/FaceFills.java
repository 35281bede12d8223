package org.inpaint4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  private FaceFills() {}

  /** Prints the measures of fills of nose and mouth, with several squares. */
  static void print(FaceFinder finder, List<FaceCase> upright, List<FaceCase> turned) {
    for (InpaintModel model : List.of(FaceModels.fast(), FaceModels.believable())) {
      System.out.println("Fills by " + model.getClass().getSimpleName());
      print(finder, model, upright, turned);
    }
  }

  private static void print(
      FaceFinder finder, InpaintModel model, List<FaceCase> upright, List<FaceCase> turned) {
    System.out.println("| faces | square | PSNR in the hole | feature distance |");
    System.out.println("|---|---|---|---|");
    try (Inpainter inpainter = Inpainter.builder().model(model).build()) {
      print(inpainter, "upright", "known", upright, FaceFills::known);
      print(inpainter, "upright", "found", upright, face -> Faces.framing(finder));
      print(inpainter, "turned", "known", turned, FaceFills::known);
      print(inpainter, "turned", "found", turned, face -> Faces.framing(finder));
      print(inpainter, "turned", "upright", turned, FaceFills::upright);
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

  private static void print(
      Inpainter inpainter, String faces, String square, List<FaceCase> cases, Frames frames) {
    List<InpaintRequest> requests = new ArrayList<>();
    for (FaceCase face : cases) {
      FaceCase holed = face.covered(0.28, 0.4, 0.72, 0.8);
      requests.add(InpaintRequest.of(holed.photo(), holed.mask()).framing(frames.of(face)));
    }
    List<InpaintOutcome> outcomes = inpainter.inpaintAll(requests);
    double psnr = 0;
    double distance = 0;
    try (HoleMeasures measures = HoleMeasures.create()) {
      for (int i = 0; i < cases.size(); i++) {
        HoleFigures figures =
            measures.of(
                PictureFiles.toPlanes(cases.get(i).photo()),
                PictureFiles.toPlanes(outcomes.get(i).orElseThrow().image()),
                requests.get(i).mask());
        psnr += figures.psnr() / cases.size();
        distance += figures.featureDistance() / cases.size();
      }
    }
    System.out.printf(Locale.ROOT, "| %s | %s | %.2f dB | %.3f |%n", faces, square, psnr, distance);
  }
}
