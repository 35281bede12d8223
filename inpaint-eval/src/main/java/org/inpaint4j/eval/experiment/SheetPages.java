package org.inpaint4j.eval.experiment;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Draws contact sheets: groups of pictures side by side with captions, on pages. */
final class SheetPages {

  /** Pictures are enlarged by a whole factor, up to this many times and this many pixels. */
  private static final int MOST_TIMES = 4;

  private static final int LARGEST = 400;

  private static final int PAGE_WIDTH = 2600;
  private static final int PAGE_HEIGHT = 2600;
  private static final int GAP = 6;
  private static final int BETWEEN = 18;
  private static final int LINE = 15;
  private static final int CAPTION = 2 * LINE + 4;
  private static final Color PAPER = Color.WHITE;
  private static final Color INK = new Color(0x222222);

  /** A picture and what stands below it, one or two lines. */
  record Panel(String caption, BufferedImage picture) {}

  /** Pictures of one size that belong together. */
  record Group(List<Panel> panels) {}

  private SheetPages() {}

  /** The pages; none for no groups. */
  static List<BufferedImage> draw(List<Group> groups) {
    int columns = 1;
    int width = 1;
    int times = MOST_TIMES;
    for (Group group : groups) {
      columns = Math.max(columns, group.panels().size());
      BufferedImage first = group.panels().get(0).picture();
      int longest = Math.max(first.getWidth(), first.getHeight());
      times = Math.min(times, Math.max(1, LARGEST / longest));
      width = Math.max(width, first.getWidth());
    }
    Grid grid = new Grid(columns, width * times + GAP, times);
    List<BufferedImage> pages = new ArrayList<>();
    List<List<Group>> page = new ArrayList<>();
    int height = 0;
    int across = Math.max(1, Math.min(groups.size(), PAGE_WIDTH / grid.groupWidth()));
    for (int from = 0; from < groups.size(); from += across) {
      List<Group> row = groups.subList(from, Math.min(groups.size(), from + across));
      if (!page.isEmpty() && height + grid.height(row) > PAGE_HEIGHT) {
        pages.add(page(page, grid));
        page.clear();
        height = 0;
      }
      page.add(row);
      height += grid.height(row);
    }
    if (!page.isEmpty()) {
      pages.add(page(page, grid));
    }
    return pages;
  }

  /** Where pictures stand: columns of a group, their width, and how much pictures are enlarged. */
  private record Grid(int columns, int cellWidth, int times) {

    int groupWidth() {
      return columns * cellWidth + BETWEEN;
    }

    int height(List<Group> row) {
      int highest =
          row.stream()
              .mapToInt(group -> group.panels().get(0).picture().getHeight())
              .max()
              .orElse(0);
      return highest * times + CAPTION + GAP;
    }
  }

  private static BufferedImage page(List<List<Group>> rows, Grid grid) {
    int across = rows.stream().mapToInt(List::size).max().orElse(1);
    int height = rows.stream().mapToInt(grid::height).sum() + GAP;
    BufferedImage page =
        new BufferedImage(
            across * grid.groupWidth() - BETWEEN + GAP, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = page.createGraphics();
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, page.getWidth(), page.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    int y = GAP;
    for (List<Group> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int x = GAP + i * grid.groupWidth();
        for (Panel panel : row.get(i).panels()) {
          draw(graphics, panel, x, y, grid.cellWidth() - GAP, grid.times());
          x += grid.cellWidth();
        }
      }
      y += grid.height(row);
    }
    graphics.dispose();
    return page;
  }

  private static void draw(Graphics2D graphics, Panel panel, int x, int y, int room, int times) {
    BufferedImage picture = panel.picture();
    int height = picture.getHeight() * times;
    graphics.drawImage(picture, x, y, picture.getWidth() * times, height, null);
    graphics.setColor(INK);
    List<String> lines = panel.caption().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      while (graphics.getFontMetrics().stringWidth(line) > room && line.length() > 1) {
        line = line.substring(0, line.length() - 1);
      }
      graphics.drawString(line, x, y + height + (i + 1) * LINE - 2);
    }
  }
}
