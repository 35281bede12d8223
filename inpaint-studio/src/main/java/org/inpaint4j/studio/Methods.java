package org.inpaint4j.studio;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.Framing;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.Inpainter;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.model.Models;
import org.inpaint4j.model.ShippedModel;
import org.inpaint4j.model.face.FaceFinder;
import org.inpaint4j.model.face.Faces;
import org.inpaint4j.model.face.FoundFace;
import org.inpaint4j.patch.MixedFill;
import org.inpaint4j.patch.PatchFill;
import org.inpaint4j.photo.Photos;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways to fill, each made at its first use. */
final class Methods implements AutoCloseable {

  /** What fills if nothing is said. */
  static final String DEFAULT = "automatic";

  private static final Logger LOG = LoggerFactory.getLogger(Methods.class);
  private static final String FACES = "faces";

  /**
   * What the page shows of a method.
   *
   * @param id what requests say
   * @param label for people
   * @param hint what it is for, a sentence
   * @param faces whether frames around faces matter to it
   */
  record Method(String id, String label, String hint, boolean faces) {}

  /** How an inpainter is made. */
  private interface Maker {
    Inpainter make() throws IOException;
  }

  private final Map<String, Maker> makers = new LinkedHashMap<>();
  private final List<Method> methods = new ArrayList<>();
  private final Map<String, Inpainter> made = new LinkedHashMap<>();
  private final Optional<ShippedModel> faces = Photos.modelOfFaces();
  private @Nullable FaceFinder finder;
  private boolean closed;

  Methods(List<Path> models) {
    add(
        new Method(
            DEFAULT,
            "Automatic",
            "Faces by a model of faces, all else from pieces of the photo.",
            faces.isPresent()),
        Photos::automatic);
    faces.ifPresent(
        model ->
            add(
                new Method(FACES, "Faces", "All of the hole inside a face by the model.", true),
                () ->
                    Inpainter.builder()
                        .model(model.load())
                        .framing(Faces.framing(finder()))
                        .rest(MixedFill.of(PatchFill.create()))
                        .build()));
    add(
        new Method("patch", "Patches", "Pieces of the photo, faces too.", false),
        () -> Inpainter.builder().filler(MixedFill.of(PatchFill.create())).build());
    add(
        new Method("smooth", "Smooth", "Even colours: for sky, walls and thin lines.", false),
        () -> Inpainter.builder().filler(SmoothFill.BIHARMONIC).build());
    for (Path file : models) {
      String name = String.valueOf(file.getFileName());
      add(
          new Method("model-" + (methods.size() + 1), name, "The network in " + name + ".", false),
          () ->
              Inpainter.builder()
                  .model(Models.load(file))
                  .rest(MixedFill.of(PatchFill.create()))
                  .build());
    }
  }

  private void add(Method method, Maker maker) {
    methods.add(method);
    makers.put(method.id(), maker);
  }

  /** All methods, the usual one first. */
  List<Method> all() {
    return List.copyOf(methods);
  }

  /**
   * Checks the name of a method.
   *
   * @throws Refusal if there is none of that name
   */
  Method method(String id) {
    return methods.stream()
        .filter(method -> method.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.badRequest(
                    "the method must be one of "
                        + String.join(", ", makers.keySet())
                        + ": found another"));
  }

  /** The inpainter of a method, which stays this object's. */
  synchronized Inpainter inpainter(String id) throws IOException {
    method(id);
    if (closed) {
      throw new IllegalStateException("methods must not be used after close()");
    }
    Inpainter inpainter = made.get(id);
    Maker maker = makers.get(id);
    if (inpainter == null && maker != null) {
      inpainter = maker.make();
      made.put(id, inpainter);
    }
    return java.util.Objects.requireNonNull(inpainter);
  }

  private synchronized FaceFinder finder() {
    if (finder == null) {
      finder = Faces.finder();
    }
    return finder;
  }

  /** Loads the model and the finder of faces, and looks at a small picture once. */
  void warmUp() {
    if (knowsFaces()) {
      int side = 256;
      Mask mask = Mask.rectangle(side, side, side / 4, side / 4, side / 2, side / 2);
      BufferedImage gray = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
      Framing framing = Frame.framing(List.of(new Frame(side / 2.0, side / 2.0, side, 0, true)));
      try {
        faces(Photo.of(gray), mask);
        inpainter(DEFAULT).inpaint(InpaintRequest.of(gray, mask).framing(framing).inPlace());
      } catch (IOException | RuntimeException | LinkageError e) {
        LOG.warn("the model of faces could not be loaded in advance", e);
      }
    }
  }

  /** Whether there is a model of faces. */
  boolean knowsFaces() {
    return faces.isPresent();
  }

  /** The faces at a hole; none without a model of faces. */
  List<FoundFace> faces(Photo photo, Mask mask) {
    try {
      return faces.isEmpty() ? List.of() : finder().atHole(photo, mask);
    } catch (LinkageError e) {
      // The backend of ND4J says in this way that it does not fit the machine.
      throw new Refusal(Refusal.FAILED, "the model of faces must fit this machine: " + e, e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    made.values().forEach(Inpainter::close);
    if (finder != null) {
      finder.close();
    }
  }
}
