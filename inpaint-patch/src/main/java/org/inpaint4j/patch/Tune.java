package org.inpaint4j.patch;

/** For experiments only. */
final class Tune {
  private Tune() {}

  static float f(String name, double value) {
    return Float.parseFloat(System.getProperty("t." + name, "" + value));
  }

  static int i(String name, int value) {
    return Integer.getInteger("t." + name, value);
  }
}
