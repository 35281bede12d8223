package org.inpaint4j.bench;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A control group whose processes may use one core in all, as a container with a quota has it.
 *
 * <p>With the first version of control groups it lies in the group of this process: beside that, it
 * would share the machine with everything by a weight of its own, and on a busy machine get a small
 * part of the quota. It is removed at the end.
 *
 * @param group its folder; nothing if this user may not make one
 */
record CoreQuota(Optional<Path> group) implements AutoCloseable {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final String NAME = "inpaint-bench";

  /** Makes the group. */
  static CoreQuota ofOneCore() throws IOException {
    Path one = ROOT.resolve("cpu").resolve(ownGroup()).resolve(NAME);
    Path two = ROOT.resolve(NAME);
    Optional<Path> made = make(one, "cpu.cfs_quota_us", "100000");
    return new CoreQuota(made.isPresent() ? made : make(two, "cpu.max", "100000 100000"));
  }

  /** The path of the group of this process, relative to that of all groups. */
  private static String ownGroup() throws IOException {
    Path file = Path.of("/proc/self/cgroup");
    List<String> lines = Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    for (String line : lines) {
      List<String> parts = Splitter.on(':').limit(3).splitToList(line);
      if (parts.size() == 3 && Splitter.on(',').splitToList(parts.get(1)).contains("cpu")) {
        return parts.get(2).substring(1);
      }
    }
    return "";
  }

  private static Optional<Path> make(Path group, String file, String value) throws IOException {
    if (!Files.isDirectory(group)) {
      try {
        Files.createDirectory(group);
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    Path setting = group.resolve(file);
    if (Files.isWritable(setting)) {
      Files.writeString(setting, value);
      return Optional.of(group);
    }
    Files.delete(group);
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    if (group.isPresent()) {
      Files.deleteIfExists(group.get());
    }
  }
}
