package org.inpaint4j.bench;

import com.google.common.base.Splitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program of libtorch or PyTorch in a process of its own: asked for steps, it answers with
 * numbers.
 */
final class PeerProcess implements AutoCloseable {

  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  /** What it writes to standard error. */
  private final Path errors;

  private PeerProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts the peer.
   *
   * @param classPath its class path
   * @param main its main class
   * @param tensors what it computes with
   * @param threads how many it may use
   * @param more what else it is told
   */
  static PeerProcess start(String classPath, String main, Path tensors, int threads, String... more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ThisProcess.java());
    command.addAll(List.of("-cp", classPath, main, tensors.toString(), Integer.toString(threads)));
    command.addAll(List.of(more));
    return start(new ProcessBuilder(command));
  }

  /** Starts any program that answers as {@link #ask} expects. */
  static PeerProcess start(ProcessBuilder command) throws IOException {
    Path errors = Files.createTempFile("inpaint4j-peer", ".log");
    return new PeerProcess(command.redirectError(errors.toFile()).start(), errors);
  }

  /** Lets it do steps; returns its losses, if it tells them, then the milliseconds of each step. */
  List<Double> ask(int steps) throws IOException {
    String line = answer(steps + "\n");
    if (line == null) {
      throw new IOException("the peer must answer: found that it has ended, " + lastError());
    }
    return Splitter.on(" ").splitToList(line.strip()).stream().map(Double::valueOf).toList();
  }

  /** A line, or null if the peer has ended. */
  private @Nullable String answer(String command) throws IOException {
    try {
      commands.write(command);
      commands.flush();
    } catch (IOException e) {
      // The pipe is broken: the peer has ended, and there is no line to read.
    }
    return answers.readLine();
  }

  private String lastError() throws IOException {
    List<String> lines = Files.readAllLines(errors, StandardCharsets.ISO_8859_1);
    return lines.isEmpty()
        ? "without an error"
        : "its last line was " + lines.get(lines.size() - 1);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    Files.deleteIfExists(errors);
  }
}
