package org.inpaint4j.graph;

import com.sun.jna.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of ND4J's native libraries for a machine that has other work.
 *
 * <p>OpenMP threads that wait at a barrier spin, by default for some milliseconds. If another
 * program has the core that they wait for, they waste their own. A search has thousands of
 * barriers. Threads that go to sleep at once cost a quiet machine a tenth; 2,000 turns, some
 * microseconds, cost nothing that could be measured, and are as good on a busy one ({@code
 * ./inpaint bench load}).
 *
 * <p>The libraries read the environment of the process when they are loaded. Java cannot change it,
 * so libc's {@code setenv} is called.
 */
final class SharedCores {

  private static final Logger LOG = LoggerFactory.getLogger(SharedCores.class);
  private static final Path LOADED = Path.of("/proc/self/maps");

  private SharedCores() {}

  /**
   * Before ND4J is loaded. Does nothing but on Linux: other systems' OpenMP does not read these.
   */
  static void apply() {
    if (!Files.exists(LOADED)) {
      return;
    }
    int cores = Math.max(1, Loader.totalCores() / Math.max(1, Loader.totalChips()));
    Map<String, String> missing =
        missing(System.getenv(), cores, Runtime.getRuntime().availableProcessors());
    if (missing.isEmpty()) {
      return;
    }
    try {
      if (Files.readString(LOADED).contains("libnd4jcpu")) {
        LOG.warn(
            "ND4J was loaded before Inpaint4J could set its threads, so they spin while they wait:"
                + " call org.inpaint4j.graph.Engine.start() first, or set {} in the environment",
            missing);
        return;
      }
      Function setenv = Function.getFunction("c", "setenv");
      missing.forEach((name, value) -> setenv.invokeInt(new Object[] {name, value, 0}));
    } catch (IOException | UnsatisfiedLinkError e) {
      LOG.warn("The threads of ND4J could not be set: set {} in the environment", missing, e);
    }
  }

  /**
   * What the environment does not say yet.
   *
   * @param environment the variables that are set
   * @param cores of one processor of the machine: what ND4J takes by itself
   * @param granted the processors that the process may use
   * @return names and values
   */
  static Map<String, String> missing(Map<String, String> environment, int cores, int granted) {
    Map<String, String> missing = new LinkedHashMap<>();
    if (!environment.containsKey("OMP_WAIT_POLICY")) {
      missing.put("GOMP_SPINCOUNT", "2000");
    }
    String threads = environment.getOrDefault("OMP_NUM_THREADS", "" + Math.min(cores, granted));
    missing.put("OMP_NUM_THREADS", threads);
    // The loops of libnd4j, which count for themselves.
    missing.put("SD_MAX_THREADS", threads);
    missing.put("SD_MASTER_THREADS", threads);
    missing.keySet().removeAll(environment.keySet());
    return missing;
  }
}
