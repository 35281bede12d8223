package org.inpaint4j.bench;

import com.google.common.base.Splitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of libtorch or PyTorch in a process of its own: asked for steps, it answers with
 * numbers.
 */
final class PeerProcess implements AutoCloseable {

  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  private PeerProcess(Process process) {
    this.process = process;
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
    return new PeerProcess(command.redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** Lets it do steps; returns its losses, if it tells them, then the milliseconds of each step. */
  List<Double> ask(int steps) throws IOException {
    commands.write(steps + "\n");
    commands.flush();
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the peer must answer: found that it has ended");
    }
    return Splitter.on(" ").splitToList(line.strip()).stream().map(Double::valueOf).toList();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
