package org.inpaint4j.train;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * Draws both losses over the iterations. Each point is the mean over an equal number of iterations.
 */
final class LossPlot {

  private static final int WIDTH = 800;
  private static final int HEIGHT = 400;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 40;
  private static final int POINTS = 240;

  /** Colours that stay apart for most people with a colour vision deficiency (Okabe and Ito). */
  private static final Color DISCRIMINATOR = new Color(0x0072b2);

  private static final Color GENERATOR = new Color(0xd55e00);

  private LossPlot() {}

  /**
   * Draws the plot.
   *
   * @param history of at least one iteration
   * @param ofDiscriminator what its loss is, in words
   * @param ofGenerator what its loss is, in words
   */
  static BufferedImage of(LossHistory history, String ofDiscriminator, String ofGenerator) {
    int points = Math.min(POINTS, history.iterations());
    double[] discriminator = new double[points];
    double[] generator = new double[points];
    double least = 0;
    double most = 0;
    for (int p = 0; p < points; p++) {
      int from = (int) ((long) p * history.iterations() / points);
      int to = (int) ((p + 1L) * history.iterations() / points);
      for (int i = from; i < to; i++) {
        discriminator[p] += (history.get(i, 0) + history.get(i, 1)) / (to - from);
        generator[p] += history.get(i, 2) / (to - from);
      }
      least = Math.min(least, Math.min(discriminator[p], generator[p]));
      most = Math.max(most, Math.max(discriminator[p], generator[p]));
    }
    Scale scale = new Scale((int) Math.floor(least), Math.max(1, (int) Math.ceil(most)));
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    axes(graphics, scale, history.iterations());
    line(graphics, DISCRIMINATOR, discriminator, scale);
    line(graphics, GENERATOR, generator, scale);
    graphics.setColor(DISCRIMINATOR);
    graphics.drawString("discriminator: " + ofDiscriminator, LEFT, 24);
    graphics.setColor(GENERATOR);
    graphics.drawString("generator: " + ofGenerator, LEFT + 360, 24);
    graphics.dispose();
    return image;
  }

  private static void axes(Graphics2D graphics, Scale scale, int iterations) {
    int step = Math.max(1, (scale.top - scale.bottom) / 6);
    for (int value = scale.bottom; value <= scale.top; value += step) {
      int y = (int) scale.y(value);
      graphics.setColor(Color.LIGHT_GRAY);
      graphics.drawLine(LEFT, y, WIDTH - RIGHT, y);
      graphics.setColor(Color.DARK_GRAY);
      graphics.drawString(Integer.toString(value), LEFT - 24, y + 4);
    }
    for (int tick = 0; tick <= 4; tick++) {
      int x = LEFT + tick * (WIDTH - LEFT - RIGHT) / 4;
      String text = String.format(Locale.ROOT, "%,d", (long) tick * iterations / 4);
      int width = graphics.getFontMetrics().stringWidth(text);
      graphics.drawString(text, Math.min(x - width / 2, WIDTH - width), HEIGHT - BOTTOM + 20);
    }
  }

  private static void line(Graphics2D graphics, Color colour, double[] values, Scale scale) {
    if (values.length == 0) {
      return;
    }
    Path2D path = new Path2D.Double();
    for (int p = 0; p < values.length; p++) {
      double x = LEFT + (p + 0.5) * (WIDTH - LEFT - RIGHT) / values.length;
      if (p == 0) {
        path.moveTo(x, scale.y(values[p]));
      } else {
        path.lineTo(x, scale.y(values[p]));
      }
    }
    graphics.setColor(colour);
    graphics.setStroke(new BasicStroke(1.5f));
    graphics.draw(path);
  }

  /** From losses to rows of pixels. */
  private record Scale(int bottom, int top) {
    double y(double value) {
      return HEIGHT - BOTTOM - (value - bottom) / (top - bottom) * (HEIGHT - TOP - BOTTOM);
    }
  }
}
