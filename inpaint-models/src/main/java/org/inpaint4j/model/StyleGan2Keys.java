package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the networks of a StyleGAN2 in weights by their keys, of either layout. */
final class StyleGan2Keys {

  private StyleGan2Keys() {}

  /**
   * A place where weights hold a network.
   *
   * @param prefix what all its keys start with
   * @param layout how they go on
   */
  private record Place(String prefix, StyleGan2Layout layout) {}

  /** Whether weights hold a network of a role. */
  static boolean isIn(Weights weights, NetworkRole role) {
    return !places(weights, role).isEmpty();
  }

  /**
   * Whether weights hold a generator of StyleGAN3, beside which lies a StyleGAN2's discriminator.
   */
  static boolean isBesideStyleGan3(Weights weights) {
    return weights.names().stream().anyMatch(name -> name.endsWith("synthesis.input.weight"));
  }

  /** The weights of a network; the running average where there are several. */
  static StyleGan2Weights weights(Weights file, NetworkRole role) throws ModelFormatException {
    Place place = place(file, role);
    return new StyleGan2Weights(file.under(place.prefix), place.layout);
  }

  /** The mean style that the file holds. */
  static Optional<float[]> meanStyle(Weights file, int styleSize) throws ModelFormatException {
    Place place = place(file, NetworkRole.GENERATOR);
    // The port keeps it beside its networks, NVIDIA in the network.
    String name =
        (place.layout == StyleGan2Layout.PORT ? "" : place.prefix) + place.layout.meanStyle();
    Weights.Tensor mean = file.find(name);
    return mean == null || mean.values().length != styleSize
        ? Optional.empty()
        : Optional.of(file.finite(name, mean));
  }

  private static Place place(Weights file, NetworkRole role) throws ModelFormatException {
    List<Place> all = places(file, role);
    List<Place> averages =
        all.stream()
            .filter(place -> place.prefix.toLowerCase(Locale.ROOT).startsWith("g_ema."))
            .toList();
    List<Place> candidates = averages.size() == 1 ? averages : all;
    if (candidates.size() != 1) {
      throw file.problem(
          candidates.isEmpty()
              ? "weights must hold a StyleGAN2 " + role + ": found " + file.firstNames()
              : "weights must hold one StyleGAN2 "
                  + role
                  + " (choose one with Weights.under): found "
                  + candidates.stream().map(Place::prefix).toList());
    }
    return candidates.get(0);
  }

  private static List<Place> places(Weights weights, NetworkRole role) {
    List<Place> places = new ArrayList<>();
    for (StyleGan2Layout layout : StyleGan2Layout.values()) {
      String end =
          switch (role) {
            case GENERATOR -> layout.input();
            case DISCRIMINATOR -> layout.lastLinear() + ".weight";
          };
      for (String name : weights.names()) {
        String prefix = name.substring(0, Math.max(0, name.length() - end.length()));
        if (name.endsWith(end)
            && (prefix.isEmpty() || prefix.endsWith("."))
            && (role == NetworkRole.DISCRIMINATOR
                || weights.has(prefix + layout.mapping(0) + ".weight"))) {
          places.add(new Place(prefix, layout));
        }
      }
    }
    return places;
  }
}
