package org.inpaint4j.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a benchmark asks of its own process. */
final class ThisProcess {

  private static final Path STATUS = Path.of("/proc/self/status");

  private ThisProcess() {}

  /** The command that runs the same Java. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * The command that runs a class as this process is run, without threads for the collector.
   *
   * @param flags more of Java's
   */
  static List<String> command(Class<?> main, List<String> flags, String... args) {
    List<String> command = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /**
   * A line of the status that Linux keeps of a process.
   *
   * @param name for example {@code VmRSS}, what is resident, or {@code VmHWM}, the most that was
   * @return what follows the name; nothing on other systems
   */
  static Optional<String> status(String name) throws IOException {
    if (!Files.isReadable(STATUS)) {
      return Optional.empty();
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  /** What it has taken of all cores together. */
  static double processorSeconds() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getProcessCpuTime()
        / 1e9;
  }

  /** What is resident, in MB. */
  static double residentMegabytes() throws IOException {
    String resident =
        status("VmRSS")
            .orElseThrow(() -> new IOException(STATUS + " must say VmRSS: found no such line"));
    return Long.parseLong(resident.replaceAll("\\D", "")) / 1024.0;
  }
}
