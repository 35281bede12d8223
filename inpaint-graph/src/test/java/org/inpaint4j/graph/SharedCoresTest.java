package org.inpaint4j.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.factory.Nd4j;

class SharedCoresTest {

  @Test
  void missing_ofNothingSet_isAFewTurnsAndTheCores() {
    assertThat(SharedCores.missing(Map.of(), 4, 8))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "GOMP_SPINCOUNT", "2000",
                "OMP_NUM_THREADS", "4",
                "SD_MAX_THREADS", "4",
                "SD_MASTER_THREADS", "4"));
  }

  @Test
  void missing_ofAQuota_isWhatTheContainerGrants() {
    assertThat(SharedCores.missing(Map.of(), 32, 2)).containsEntry("OMP_NUM_THREADS", "2");
  }

  @Test
  void missing_ofWhatIsSet_leavesItAlone() {
    Map<String, String> set = Map.of("OMP_WAIT_POLICY", "ACTIVE", "OMP_NUM_THREADS", "3");
    assertThat(SharedCores.missing(set, 4, 8))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("SD_MAX_THREADS", "3", "SD_MASTER_THREADS", "3"));
    assertThat(
            SharedCores.missing(
                Map.of(
                    "GOMP_SPINCOUNT", "1",
                    "OMP_NUM_THREADS", "1",
                    "SD_MAX_THREADS", "1",
                    "SD_MASTER_THREADS", "1"),
                4,
                8))
        .isEmpty();
  }

  /** In a process of its own: here, tests before this one have loaded ND4J already. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void start_onLinux_isSeenByNativeCode() throws IOException, InterruptedException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Started.class.getName());
    java.environment().keySet().removeAll(SharedCores.missing(Map.of(), 1, 1).keySet());
    java.environment().remove("OMP_WAIT_POLICY");
    Process process = java.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    assertThat(printed).matches("2000 [1-9][0-9]* 6.0");
  }

  /** What the start of the engine leaves in libc's environment, and that ND4J works. */
  static final class Started {

    public static void main(String[] arguments) {
      Engine.start();
      Function getenv = Function.getFunction("c", "getenv");
      System.out.printf(
          "%s %s %s%n",
          getenv.invokeString(new Object[] {"GOMP_SPINCOUNT"}, false),
          getenv.invokeString(new Object[] {"OMP_NUM_THREADS"}, false),
          Nd4j.createFromArray(1f, 2f, 3f).sumNumber().doubleValue());
    }
  }
}
