package org.inpaint4j.model;

import java.util.ArrayList;
import java.util.List;

/** Finds the networks of a {@link StyleGan} in weights by the keys of the port. */
final class StyleGanKeys {

  /** Below the part of a file that is a generator with its mapping network. */
  private static final String GENERATOR = "generator.";

  private StyleGanKeys() {}

  /** Whether weights hold a network of a role, whatever its shapes. */
  static boolean isIn(Weights weights, NetworkRole role) {
    return !prefixes(weights, role).isEmpty();
  }

  /** The part of a file below which {@code style.1} and {@code generator.progression} lie. */
  static Weights generator(Weights file) throws ModelFormatException {
    List<String> prefixes =
        prefixes(file, NetworkRole.GENERATOR).stream().filter(p -> p.endsWith(GENERATOR)).toList();
    String prefix = choose(file, prefixes, NetworkRole.GENERATOR, "g_running.");
    return file.under(prefix.substring(0, prefix.length() - GENERATOR.length()));
  }

  /** The part of a file below which {@code progression} and {@code linear} lie. */
  static Weights discriminator(Weights file) throws ModelFormatException {
    List<String> prefixes = prefixes(file, NetworkRole.DISCRIMINATOR);
    return file.under(choose(file, prefixes, NetworkRole.DISCRIMINATOR, "discriminator"));
  }

  private static String choose(
      Weights file, List<String> prefixes, NetworkRole role, String preferred)
      throws ModelFormatException {
    List<String> first = prefixes.stream().filter(p -> p.startsWith(preferred)).toList();
    List<String> candidates = first.size() == 1 ? first : prefixes;
    if (candidates.size() != 1) {
      throw file.problem(
          candidates.isEmpty()
              ? "weights must hold a StyleGAN " + role + ": found " + file.firstNames()
              : "weights must hold one StyleGAN "
                  + role
                  + " (choose one with Weights.under): found "
                  + candidates);
    }
    return candidates.get(0);
  }

  /** Rows and columns of the largest images that a network has layers for. */
  static int largestSize(Weights weights, NetworkRole role) throws ModelFormatException {
    StyleGanWeights found =
        switch (role) {
          case GENERATOR -> StyleGanWeights.generator(weights);
          case DISCRIMINATOR -> StyleGanWeights.discriminator(weights);
        };
    int blocks = 0;
    while (found.has(blockKey(role, blocks))) {
      blocks++;
    }
    if (blocks < 2 || blocks > 9) {
      throw weights.problem("a StyleGAN must have 2 to 9 blocks: found " + blocks);
    }
    return 4 << (blocks - 1);
  }

  /**
   * Rows and columns of the largest images that a generator was trained for: the strengths of the
   * noise start at exactly 0, and a block of a size that was never trained still has them. If all
   * are 0, it may have been trained without noise; then the biases of its colours tell, which start
   * at 0 too. The largest size if these are all 0 as well.
   */
  static int trainedSize(Weights weights) throws ModelFormatException {
    int largest = largestSize(weights, NetworkRole.GENERATOR);
    StyleGanWeights found = StyleGanWeights.generator(weights);
    int noisy = 0;
    int coloured = 0;
    for (int block = 0; 4 << block <= largest; block++) {
      String name = GENERATOR + "progression." + block + ".noise";
      if (found.isNonZero(name + 1) || found.isNonZero(name + 2)) {
        noisy = 4 << block;
      }
      if (found.hasBias(GENERATOR + "to_rgb." + block)) {
        coloured = 4 << block;
      }
    }
    int trained = noisy < 8 ? coloured : noisy;
    return trained < 8 ? largest : trained;
  }

  /** A key that every block of a network has. */
  private static String blockKey(NetworkRole role, int block) {
    return switch (role) {
      case GENERATOR -> GENERATOR + "progression." + block + ".conv2";
      case DISCRIMINATOR -> "progression." + block + ".conv1.0";
    };
  }

  /** The prefixes below which weights hold a network of a role. */
  private static List<String> prefixes(Weights weights, NetworkRole role) {
    String end =
        switch (role) {
          case GENERATOR -> "progression.0.conv1.input";
          case DISCRIMINATOR -> "linear.linear.weight_orig";
        };
    List<String> prefixes = new ArrayList<>();
    for (String name : weights.names()) {
      if (name.endsWith(end)) {
        String prefix = name.substring(0, name.length() - end.length());
        if (isPrefix(weights, prefix, role)) {
          prefixes.add(prefix);
        }
      }
    }
    return prefixes;
  }

  private static boolean isPrefix(Weights weights, String prefix, NetworkRole role) {
    return switch (role) {
      case GENERATOR -> prefix.isEmpty() || prefix.endsWith(".");
      case DISCRIMINATOR ->
          weights.names().stream().anyMatch(name -> name.startsWith(prefix + "from_rgb.0."));
    };
  }
}
