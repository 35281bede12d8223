package org.inpaint4j.patch;

/** A level as it would look at the finest resolution: bilinear, exact on the finest itself. */
record Enlarged(Level level) {

  /**
   * A sample.
   *
   * @param x column on the finest level
   * @param y row on the finest level
   */
  float sample(int channel, int x, int y) {
    if (level.halvings == 0) {
      return at(channel, x, y);
    }
    float scale = 1f / (1 << level.halvings);
    float u = (x + 0.5f) * scale - 0.5f;
    float v = (y + 0.5f) * scale - 0.5f;
    int left = (int) Math.floor(u);
    int top = (int) Math.floor(v);
    float right = u - left;
    float down = v - top;
    float upper = mixed(at(channel, left, top), at(channel, left + 1, top), right);
    float lower = mixed(at(channel, left, top + 1), at(channel, left + 1, top + 1), right);
    return mixed(upper, lower, down);
  }

  private float at(int channel, int x, int y) {
    int column = Math.max(0, Math.min(level.pictureWidth - 1, x));
    int row = Math.max(0, Math.min(level.pictureHeight - 1, y));
    return level.pixels[(row * level.width + column) * level.channels + channel];
  }

  private static float mixed(float one, float other, float share) {
    return one + share * (other - one);
  }
}
