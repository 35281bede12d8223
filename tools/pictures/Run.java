import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;

/** The driver of matrix.py: runs one inpaint command for each line of arguments, in one process. */
final class Run {

  public static void main(String[] unused) throws IOException, ReflectiveOperationException {
    System.setProperty("java.awt.headless", "true");
    Method command =
        Class.forName("org.inpaint4j.cli.InpaintCommand")
            .getDeclaredMethod("run", String[].class);
    command.setAccessible(true);
    PrintStream out = System.out;
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
      System.setOut(both);
      System.setErr(both);
      Object code = command.invoke(null, (Object) line.split("\t"));
      out.println(code + "\t" + said.toString(StandardCharsets.UTF_8).strip().replace('\n', ' '));
      out.flush();
    }
  }
}
