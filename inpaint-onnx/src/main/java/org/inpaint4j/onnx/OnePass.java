package org.inpaint4j.onnx;

import java.util.Optional;
import org.inpaint4j.image.FillTask;

/** One run of one network. */
final class OnePass implements OnnxFill.Pass {

  private final Network network;
  private final OnnxContract contract;
  private final Feed feed;

  OnePass(Network network, OnnxContract contract, Wiring wiring) {
    this.network = network;
    this.contract = contract;
    this.feed = new Feed(contract, wiring);
  }

  @Override
  public Optional<Reading> run(FillTask task) {
    return WatchedRun.run(
            network,
            feed.of(task.target(), task.mask()),
            () -> task.listener().onStep(1, 2, Double.NaN))
        .map(made -> Reading.of(made, contract, task.target(), task.mask()));
  }

  @Override
  public void close() {
    network.close();
  }
}
