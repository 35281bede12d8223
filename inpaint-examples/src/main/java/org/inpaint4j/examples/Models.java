package org.inpaint4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.Blender;
import org.inpaint4j.Discriminator;
import org.inpaint4j.Framing;
import org.inpaint4j.Generator;
import org.inpaint4j.InpaintModel;
import org.inpaint4j.LossTerm;
import org.inpaint4j.SearchOptions;
import org.inpaint4j.loss.ContextLoss;
import org.inpaint4j.loss.PriorLoss;
import org.inpaint4j.model.Dcgan;
import org.inpaint4j.model.Faces64;
import org.inpaint4j.model.ModelFormatException;
import org.inpaint4j.model.Weights;

/** The models that {@code --model} can name. */
final class Models {

  private Models() {}

  /**
   * A model by its name, or from a file.
   *
   * @param name {@code faces64}, or a file with the weights of a DCGAN
   * @return the model
   * @throws UserException if there is no such model, or the file does not hold one
   */
  static InpaintModel load(String name) throws UserException {
    if (name.equals("faces64")) {
      return Faces64.load();
    }
    Path file = Path.of(name);
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          "--model must be faces64 or a file of weights: found no file " + name);
    }
    try {
      Weights weights = Weights.load(file);
      return new FromFile(Dcgan.generator(weights), Dcgan.discriminator(weights));
    } catch (ModelFormatException e) {
      throw new UserException("--model: " + e.getMessage());
    } catch (IOException e) {
      throw new UserException("--model must be readable: " + e);
    }
  }

  /** A DCGAN of the user's own, searched as the shipped one is. */
  private record FromFile(Generator network, Discriminator judge) implements InpaintModel {

    @Override
    public Generator generator() {
      return network;
    }

    @Override
    public Optional<Discriminator> discriminator() {
      return Optional.of(judge);
    }

    @Override
    public List<LossTerm> losses() {
      int window = Math.max(2, 7 * network.imageShape().width() / 64);
      return List.of(ContextLoss.weightedL1(window), PriorLoss.logOneMinusD(0.003));
    }

    @Override
    public SearchOptions search() {
      return Faces64.load().search();
    }

    @Override
    public Framing framing() {
      return Framing.centeredSquare();
    }

    @Override
    public Blender blender() {
      return Faces64.load().blender();
    }
  }
}
