import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Photos and masks to measure with: {@code java Photos.java PORTRAIT OTHER COUNT FOLDER}.
 *
 * <p>Every third photo is a crop of the portrait with a hole at the mouth, the others are crops of
 * the other photo with a blot anywhere. The same arguments give the same files.
 */
final class Photos {

  private Photos() {}

  public static void main(String[] args) throws IOException {
    BufferedImage portrait = ImageIO.read(Path.of(args[0]).toFile());
    BufferedImage other = ImageIO.read(Path.of(args[1]).toFile());
    Path folder = Path.of(args[3]);
    Files.createDirectories(folder.resolve("photos"));
    Files.createDirectories(folder.resolve("masks"));
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      Random random = new Random(i);
      boolean face = i % 3 == 0;
      BufferedImage whole = face ? portrait : other;
      int width = Math.min(400, whole.getWidth() - 60);
      int height = Math.min(400, whole.getHeight() - 60);
      int left = random.nextInt(face ? 40 : whole.getWidth() - width);
      int top = random.nextInt(face ? 40 : whole.getHeight() - height);
      // The mouth of the portrait, or any place.
      int x = face ? 248 - left : 60 + random.nextInt(width - 120);
      int y = face ? 268 - top : 60 + random.nextInt(height - 120);
      BufferedImage photo = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          photo.setRGB(column, row, whole.getRGB(left + column, top + row));
          if (Math.hypot((column - x) / 42.0, (row - y) / 24.0) <= 1) {
            mask.setRGB(column, row, 0xffffff);
          }
        }
      }
      String name = String.format("%04d.png", i);
      ImageIO.write(photo, "png", folder.resolve("photos").resolve(name).toFile());
      ImageIO.write(mask, "png", folder.resolve("masks").resolve(name).toFile());
    }
  }
}
