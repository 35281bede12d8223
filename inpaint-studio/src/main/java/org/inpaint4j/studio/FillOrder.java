package org.inpaint4j.studio;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.image.Size;

/** How to fill. */
record FillOrder(String method, long seed, int candidates, Optional<List<Frame>> frames) {

  private static final int MOST_CANDIDATES = 8;

  /**
   * Checks the values.
   *
   * @throws Refusal if there are too many candidates, or none
   */
  FillOrder {
    if (candidates < 1 || candidates > MOST_CANDIDATES) {
      throw Refusal.badRequest(
          "candidates must be from 1 to " + MOST_CANDIDATES + ": found " + candidates);
    }
  }

  /** Reads an order in JSON. */
  static FillOrder read(JsonObject request, Size picture, Methods methods) {
    String method = Json.text(request, "method", Methods.DEFAULT);
    methods.method(method);
    return new FillOrder(
        method,
        Json.whole(request, "seed", 0),
        Math.toIntExact(Math.max(-1, Math.min(1000, Json.whole(request, "candidates", 1)))),
        Frame.read(request, picture));
  }

  /** Reads an order from the fields of a form. */
  static FillOrder read(Multipart form, Methods methods) {
    String method = form.text("method").orElse(Methods.DEFAULT);
    methods.method(method);
    String seed = form.text("seed").orElse("0");
    try {
      return new FillOrder(method, Long.parseLong(seed), 1, Optional.empty());
    } catch (NumberFormatException e) {
      throw new Refusal(Refusal.BAD_REQUEST, "the seed must be a whole number: found another", e);
    }
  }

  /** A request with the frames and the seed of one candidate. */
  InpaintRequest apply(InpaintRequest request, int candidate) {
    InpaintRequest seeded = request.seed(seed + candidate);
    return frames.isPresent() ? seeded.framing(Frame.framing(frames.get())) : seeded;
  }
}
