package org.inpaint4j.bench;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintOutcome;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.Inpainter;
import org.inpaint4j.faces.Faces64;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Square;
import org.inpaint4j.model.face.FaceFinder;
import org.inpaint4j.model.face.Faces;
import org.inpaint4j.search.SearchOptions;

/** How much the fills of {@code Faces64} lose when the squares are found instead of known. */
final class FaceFills {

  private FaceFills() {}

  /** Prints the PSNR of fills of nose and mouth, with several squares. */
  static void print(FaceFinder finder, List<FaceCase> upright, List<FaceCase> turned) {
    System.out.println("| faces | square | PSNR in the hole |");
    System.out.println("|---|---|---|");
    try (Inpainter inpainter =
        Inpainter.builder().model(Faces64.load()).search(SearchOptions.fast()).build()) {
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
    double sum = 0;
    for (int i = 0; i < cases.size(); i++) {
      sum +=
          psnr(cases.get(i).photo(), outcomes.get(i).orElseThrow().image(), requests.get(i).mask());
    }
    System.out.printf(Locale.ROOT, "| %s | %s | %.2f dB |%n", faces, square, sum / cases.size());
  }

  private static double psnr(BufferedImage truth, BufferedImage filled, Mask mask) {
    double squares = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        for (int shift = 0; mask.isHole(x, y) && shift < 24; shift += 8) {
          double difference =
              (truth.getRGB(x, y) >> shift & 255) - (filled.getRGB(x, y) >> shift & 255);
          squares += difference * difference;
        }
      }
    }
    return 10 * Math.log10(255.0 * 255.0 * 3 * mask.holeCount() / Math.max(1, squares));
  }
}
