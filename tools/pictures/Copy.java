import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.inpaint4j.files.PictureException;
import org.inpaint4j.files.PictureFile;

/** The driver of matrix.py --copy: reads one picture file and writes another for each line. */
final class Copy {

  public static void main(String[] unused) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] files = line.split("\t");
      try {
        PictureFile.read(Path.of(files[0])).write(Path.of(files[1]));
        System.out.println("0\t");
      } catch (PictureException e) {
        System.out.println("2\t" + e.getMessage());
      }
      System.out.flush();
    }
  }
}
