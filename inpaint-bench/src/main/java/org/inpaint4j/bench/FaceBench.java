package org.inpaint4j.bench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Square;
import org.inpaint4j.model.face.FaceFinder;
import org.inpaint4j.model.face.Faces;
import org.inpaint4j.model.face.FoundFace;

/**
 * How often the right square of a face is found, for faces as they are, turned, covered and small;
 * and how long it takes on a photo of 12 megapixels. Prints tables.
 *
 * <p>Arguments:
 *
 * <ul>
 *   <li>{@code --faces ZIP}: pictures of 256x256 that FFHQ aligned, so that the right square is
 *       known: 194 pixels at (31, 56);
 *   <li>{@code --portraits FOLDER}: photos of one face each; the right square is the one that is
 *       found in the photo as it is;
 *   <li>{@code --limit N}: the first N pictures only;
 *   <li>{@code --only NAMES}: conditions whose name has one of these in it;
 *   <li>{@code --fills FaceCompletion}, or {@code Faces64}, or {@code yes} for both: instead of the
 *       table, PSNR and feature distance of fills with squares that are known, found, and upright
 *       for turned faces, of a search and of a completion;
 *   <li>{@code --time PHOTO}: times the search for a face of 700 pixels in a photo of 4000x3000
 *       that is made of this one.
 * </ul>
 */
public final class FaceBench {

  private static final Square FFHQ = new Square(31, 56, 194);

  /** A square is right if it is nearer than this, in 64ths of its side. */
  private static final double RIGHT = 8;

  private FaceBench() {}

  /**
   * Prints the tables.
   *
   * @param args see above
   * @throws IOException if a picture cannot be read
   */
  public static void main(String[] args) throws IOException {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    int limit = Integer.parseInt(options.getOrDefault("--limit", "1000000"));
    String only = options.getOrDefault("--only", "");
    try (FaceFinder finder = Faces.finder()) {
      if (options.containsKey("--faces")) {
        System.out.println("FFHQ, the right square is known");
        List<FaceCase> faces = ffhq(Path.of(options.get("--faces")), limit);
        if (options.containsKey("--fills")) {
          FaceFills.print(
              finder, options.get("--fills"), faces, faces.stream().map(turned(20)).toList());
        } else {
          table(finder, faces, only);
        }
      }
      if (options.containsKey("--portraits")) {
        System.out.println("Portraits, against what is found in them as they are");
        table(finder, portraits(finder, Path.of(options.get("--portraits")), limit), only);
      }
      if (options.containsKey("--time")) {
        time(finder, Path.of(options.get("--time")));
      }
    }
  }

  private static List<FaceCase> ffhq(Path zip, int limit) throws IOException {
    List<FaceCase> cases = new ArrayList<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(file.entries());
      for (ZipEntry entry : entries) {
        if (entry.getName().matches(".*\\.(jpg|png)") && cases.size() < limit) {
          try (InputStream stream = file.getInputStream(entry)) {
            cases.add(FaceCase.of(ImageIO.read(stream), FFHQ));
          }
        }
      }
    }
    return cases;
  }

  private static List<FaceCase> portraits(FaceFinder finder, Path folder, int limit)
      throws IOException {
    List<FaceCase> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().limit(limit).toList()) {
        BufferedImage image = ImageIO.read(file.toFile());
        List<FoundFace> faces = finder.all(Photo.of(image), FaceCase.of(image, FFHQ).mask());
        if (faces.isEmpty()) {
          System.out.println("no face in " + file.getFileName());
          continue;
        }
        cases.add(FaceCase.of(image, faces.get(0).square()));
      }
    }
    return cases;
  }

  private static UnaryOperator<FaceCase> turned(double angle) {
    return face -> {
      int side = (int) Math.ceil(2 * face.face().size());
      Square to =
          Square.around(side / 2.0, side / 2.0, face.face().size(), face.face().angle() + angle);
      return face.moved(side, side, to);
    };
  }

  private static Map<String, UnaryOperator<FaceCase>> conditions() {
    Map<String, UnaryOperator<FaceCase>> all = new LinkedHashMap<>();
    all.put("as they are", face -> face);
    for (int angle : new int[] {15, -15, 30, -30}) {
      all.put("turned by " + angle, turned(angle));
    }
    all.put("mouth covered", face -> face.covered(0.28, 0.58, 0.72, 0.8));
    all.put("both eyes covered", face -> face.covered(0.2, 0.24, 0.8, 0.43));
    all.put("left half covered", face -> face.covered(0, 0, 0.5, 1));
    all.put("right half covered", face -> face.covered(0.5, 0, 1, 1));
    all.put("lower half covered", face -> face.covered(0, 0.5, 1, 1));
    all.put("24 pixels", face -> face.moved(320, 320, Square.around(190.3, 130.7, 24, 0)));
    for (int angle : new int[] {60, 90, 180, 45, -120}) {
      all.put("turned by " + angle, turned(angle));
    }
    all.put("middle covered", face -> face.covered(0.25, 0.25, 0.75, 0.75));
    all.put("turned by 25, mouth", face -> turned(25).apply(face).covered(0.28, 0.58, 0.72, 0.8));
    all.put("turned by 25, eyes", face -> turned(25).apply(face).covered(0.2, 0.24, 0.8, 0.43));
    all.put("turned by 25, lower half", face -> turned(25).apply(face).covered(0, 0.5, 1, 1));
    all.put("turned by 90, mouth", face -> turned(90).apply(face).covered(0.28, 0.58, 0.72, 0.8));
    all.put("18 pixels", face -> face.moved(320, 320, Square.around(190.3, 130.7, 18, 0)));
    all.put("800 pixels", face -> face.moved(1200, 1200, Square.around(640.3, 580.7, 800, 0)));
    return all;
  }

  private static void table(FaceFinder finder, List<FaceCase> cases, String only) {
    System.out.println("| condition | right | median error | mean score | not found | warned |");
    System.out.println("|---|---|---|---|---|---|");
    conditions()
        .forEach(
            (name, condition) -> {
              if (Stream.of(only.split(",", -1)).anyMatch(name::contains)) {
                System.out.println(row(finder, name, cases.stream().map(condition).toList()));
              }
            });
  }

  private static String row(FaceFinder finder, String name, List<FaceCase> cases) {
    double[] errors = new double[cases.size()];
    double score = 0;
    int right = 0;
    int missed = 0;
    int warned = 0;
    for (int i = 0; i < errors.length; i++) {
      FaceCase face = cases.get(i);
      Photo photo = Photo.of(face.photo());
      List<FoundFace> found =
          face.mask().holeCount() > 0
              ? finder.atHole(photo, face.mask())
              : finder.all(photo, face.mask());
      errors[i] = found.isEmpty() ? 99 : face.error(found.get(0).square());
      score += found.isEmpty() ? 0 : found.get(0).score();
      right += errors[i] < RIGHT ? 1 : 0;
      missed += found.isEmpty() ? 1 : 0;
      warned += !found.isEmpty() && found.get(0).score() < 0.75 ? 1 : 0;
    }
    Arrays.sort(errors);
    return String.format(
        Locale.ROOT,
        "| %s | %.0f %% | %.1f | %.2f | %d | %d |",
        name,
        100.0 * right / errors.length,
        errors[errors.length / 2],
        score / errors.length,
        missed,
        warned);
  }

  /** A face of 700 pixels in a photo of 4000x3000. */
  private static void time(FaceFinder finder, Path portrait) throws IOException {
    BufferedImage image = ImageIO.read(portrait.toFile());
    Mask none = FaceCase.of(image, FFHQ).mask();
    FaceCase face = FaceCase.of(image, finder.all(Photo.of(image), none).get(0).square());
    FaceCase large =
        face.moved(4000, 3000, Square.around(1900, 1400, 700, 0)).covered(0.28, 0.58, 0.72, 0.8);
    for (int round = 0; round < 4; round++) {
      int times = 10;
      double cpu = ThisProcess.processorSeconds();
      long best = Long.MAX_VALUE;
      for (int i = 0; i < times; i++) {
        long start = System.nanoTime();
        finder.atHole(Photo.of(large.photo()), large.mask());
        best = Math.min(best, System.nanoTime() - start);
      }
      System.out.printf(
          Locale.ROOT,
          "12 megapixels: best of %d %.3f s, processor %.3f s%n",
          times,
          best / 1e9,
          (ThisProcess.processorSeconds() - cpu) / times);
    }
    System.out.println(finder.atHole(Photo.of(large.photo()), large.mask()) + " " + large.face());
  }
}
