package org.inpaint4j.studio;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.Framing;
import org.inpaint4j.image.Size;
import org.inpaint4j.image.Square;
import org.inpaint4j.model.face.FoundFace;

/**
 * A frame around a face, in pixels of the picture.
 *
 * @param x the column of its centre
 * @param y the row of its centre
 * @param size the length of a side
 * @param angle the turn in degrees, clockwise
 * @param sure whether the face was seen clearly
 */
record Frame(double x, double y, double size, double angle, boolean sure) {

  private static final int MOST = 32;
  private static final double LEAST_SIDE = 8;

  static Frame of(FoundFace face) {
    Square square = face.square();
    return new Frame(
        square.centreX(),
        square.centreY(),
        square.size(),
        square.angle(),
        face.framed().warnings().isEmpty());
  }

  private Square square() {
    return Square.around(x, y, size, angle);
  }

  /**
   * The frames of a request.
   *
   * @return empty if it has none, so that faces are looked for
   * @throws Refusal if one makes no sense
   */
  static Optional<List<Frame>> read(JsonObject request, Size picture) {
    JsonElement value = request.get("frames");
    if (value == null || value.isJsonNull()) {
      return Optional.empty();
    }
    if (!(value instanceof JsonArray array) || array.size() > MOST) {
      throw Refusal.badRequest("frames must be a list of at most " + MOST + " frames");
    }
    List<Frame> frames = new ArrayList<>();
    for (JsonElement each : array) {
      if (!(each instanceof JsonObject object)) {
        throw Refusal.badRequest("a frame must be an object with x, y, size and angle");
      }
      Frame frame =
          new Frame(
              Json.number(object, "x", 0),
              Json.number(object, "y", 0),
              Json.number(object, "size", 0),
              Json.number(object, "angle", 0),
              true);
      frame.check(picture);
      frames.add(frame);
    }
    return Optional.of(frames);
  }

  private void check(Size picture) {
    boolean inside = x >= 0 && y >= 0 && x < picture.width() && y < picture.height();
    int longer = Math.max(picture.width(), picture.height());
    if (!inside || !(size >= LEAST_SIDE && size <= 2.0 * longer) || !Double.isFinite(angle)) {
      throw Refusal.badRequest(
          "a frame must have its centre inside the picture and a side of at least "
              + (int) LEAST_SIDE
              + " pixels: found x "
              + x
              + ", y "
              + y
              + ", size "
              + size);
    }
  }

  /** What a model is shown. */
  static Framing framing(List<Frame> frames) {
    List<Square> squares = frames.stream().map(Frame::square).toList();
    return (photo, mask, model) -> squares;
  }
}
