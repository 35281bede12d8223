package org.inpaint4j.eval.experiment;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.metric.ImageFeatures;
import org.inpaint4j.eval.picture.ImageSource;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment is made of; {@link TableBuilder} says what each is.
 *
 * @param peers folders by the names of methods
 */
record TableSetup(
    Path images,
    int limit,
    Predicate<String> wanted,
    int fills,
    List<MaskSource> masks,
    List<FillMethod> methods,
    Map<String, Path> peers,
    @Nullable ImageFeatures features,
    Path output,
    long seed,
    int batchSize,
    boolean oneByOne,
    int sheetFills,
    String title,
    Consumer<TableProgress> progress) {

  TableSetup {
    checkState(!masks.isEmpty(), "an experiment must have masks: found none");
    checkState(
        !methods.isEmpty() || !peers.isEmpty(), "an experiment must have methods: found none");
    masks = List.copyOf(masks);
    methods = List.copyOf(methods);
    Set<String> names = new HashSet<>();
    for (MaskSource mask : masks) {
      checkArgument(
          names.add(mask.name()), "masks must differ by name: found %s twice", mask.name());
    }
    names.clear();
    names.addAll(peers.keySet());
    for (FillMethod method : methods) {
      checkArgument(
          names.add(method.name()), "methods must differ by name: found %s twice", method.name());
    }
  }

  /**
   * Reads the images.
   *
   * @throws IllegalArgumentException if there are peers and an image gets several holes of a kind
   */
  TableImages openImages() throws IOException {
    TableImages opened = new TableImages(ImageSource.read(images, limit, wanted), fills);
    for (MaskSource mask : masks) {
      int holes = opened.names(mask).size();
      checkArgument(
          peers.isEmpty() || holes <= opened.size(),
          "a peer must have one picture of each image and kind of mask: expected at most %s fills"
              + " of %s, found %s",
          opened.size(),
          mask.name(),
          holes);
    }
    return opened;
  }

  /**
   * The methods, ours first.
   *
   * @throws IOException if a peer lacks a picture
   */
  List<TableMethod> openMethods(TableImages opened) throws IOException {
    List<TableMethod> all = new ArrayList<>();
    for (FillMethod method : methods) {
      all.add(new InpainterMethod(method));
    }
    for (Map.Entry<String, Path> peer : peers.entrySet()) {
      PeerMethod method = new PeerMethod(peer.getKey(), peer.getValue());
      // Now: our own methods may take hours, and the peers come after them.
      for (MaskSource mask : masks) {
        method.checkHas(opened.names(mask), mask.name());
      }
      all.add(method);
    }
    return all;
  }
}
