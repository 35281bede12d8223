package org.inpaint4j.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.graph.TinyGraphs;
import org.inpaint4j.image.ImageShape;
import org.inpaint4j.image.Mask;
import org.inpaint4j.network.Generator;
import org.inpaint4j.network.LatentSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ObjectivePoolTest {

  /** What a generator does to a batch that it would not do to its images alone. */
  private interface Fault {
    SDVariable add(SameDiff graph, SDVariable images, int batch);
  }

  private record Faulty(Fault fault) implements Generator {
    @Override
    public LatentSpace latentSpace() {
      return LatentSpace.standardNormal(TinyNetworks.LATENT);
    }

    @Override
    public ImageShape imageShape() {
      return TinyNetworks.SHAPE;
    }

    @Override
    public String identity() {
      return "faulty";
    }

    @Override
    public SDVariable generate(SameDiff graph, SDVariable latent) {
      int batch = Math.toIntExact(latent.placeholderShape()[0]);
      return fault.add(graph, TinyGraphs.generate(graph, latent), batch);
    }
  }

  private static ObjectivePool pool(Generator generator) {
    return new ObjectivePool(generator, Optional.empty(), List.of(TinyNetworks.L1));
  }

  private static ObjectivePool pool(Fault fault) {
    return pool(new Faulty(fault));
  }

  /** As a batch norm does that was not frozen: part of the batch's mean in each image. */
  private static final Fault MIXING =
      (graph, images, batch) -> images.sub(images.mean(true, 0).mul(0.01)).mul(1 / 0.99);

  @Test
  void widest_imagesThatAreAsAlone_isWhatIsAskedFor() {
    try (ObjectivePool pool = pool(new TinyNetworks.TinyGenerator())) {
      for (int batch : new int[] {1, 2, 3, 8}) {
        assertThat(pool.widest(batch)).isEqualTo(batch);
      }
    }
  }

  @Test
  void widest_batchThatIsMixed_isOne() {
    try (ObjectivePool pool = pool(MIXING)) {
      assertThat(pool.widest(8)).isEqualTo(1);
      assertThat(pool.widest(3)).isEqualTo(1);
      assertThat(pool.widest(1)).isEqualTo(1);
    }
  }

  /** A network that says so is searched in the batches that are asked for, whatever comes out. */
  @Test
  void widest_networkThatSaysThatItMixes_isWhatIsAskedFor() {
    Generator mixing =
        new Generator() {
          @Override
          public LatentSpace latentSpace() {
            return LatentSpace.standardNormal(TinyNetworks.LATENT);
          }

          @Override
          public ImageShape imageShape() {
            return TinyNetworks.SHAPE;
          }

          @Override
          public boolean mixesBatch() {
            return true;
          }

          @Override
          public String identity() {
            return "mixing";
          }

          @Override
          public SDVariable generate(SameDiff graph, SDVariable latent) {
            return new Faulty(MIXING).generate(graph, latent);
          }
        };
    try (ObjectivePool pool = pool(mixing)) {
      assertThat(pool.widest(8)).isEqualTo(8);
    }
    // So that a picture does not depend on its neighbours.
    try (LatentSearch search =
        new LatentSearch(
            mixing, Optional.empty(), List.of(TinyNetworks.L1), SearchOptions.fast(), 0)) {
      assertThat(search.batch()).isEqualTo(1);
    }
    LatentSearch search =
        new LatentSearch(
            mixing,
            Optional.empty(),
            List.of(TinyNetworks.L1),
            SearchOptions.paperDcgan().toBuilder().steps(3).build(),
            0);
    try (search) {
      FoundLatent alone = search.fill(TinyTasks.task(1)).get(0);
      FoundLatent inBatch =
          (FoundLatent)
              search
                  .fillAll(List.of(TinyTasks.task(1), TinyTasks.task(2)))
                  .get(0)
                  .fillings()
                  .get(0);
      assertThat(inBatch.trace()).isNotEqualTo(alone.trace());
    }
  }

  /** Exact up to two images: the first of half, a quarter … that is, and asked for once. */
  @ParameterizedTest
  @CsvSource({"8, 2", "7, 1", "5, 2", "4, 2", "3, 1", "2, 2"})
  void widest_exactInSmallBatches_isTheFirstHalfThatIs(int asked, int found) {
    List<Integer> built = new ArrayList<>();
    Fault inLarge =
        (graph, images, batch) -> {
          built.add(batch);
          return images.mul(batch > 2 ? 0.999 : 1);
        };
    try (ObjectivePool pool = pool(inLarge)) {
      assertThat(pool.widest(asked)).isEqualTo(found);
      int graphs = built.size();
      assertThat(pool.widest(asked)).isEqualTo(found);
      assertThat(built).hasSize(graphs);
    }
  }

  /** A single image of six that is off by a little: at the ends, and where threads part a batch. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 5})
  void widest_oneImageIsOff_isFound(int place) {
    Fault one =
        (graph, images, batch) -> {
          INDArray offset = Nd4j.zeros(DataType.FLOAT, batch, 1, 1, 1);
          if (batch == 6) {
            offset.putScalar(place, 1e-3);
          }
          return images.add(graph.constant(offset));
        };
    try (ObjectivePool pool = pool(one)) {
      assertThat(pool.widest(6)).isEqualTo(3);
    }
  }

  @Test
  void get_moreThanAreKept_freesTheOneUnusedForLongest() {
    try (ObjectivePool pool = pool(new TinyNetworks.TinyGenerator())) {
      LatentObjective one = pool.get(1);
      LatentObjective two = pool.get(2);
      LatentObjective three = pool.get(3);
      assertThat(one.images()).isEqualTo(1);
      assertThat(three.images()).isEqualTo(3);
      assertThat(pool.get(1)).isSameAs(one);
      pool.get(4);
      assertThat(pool.get(1)).isSameAs(one);
      assertThat(pool.get(3)).isSameAs(three);
      assertThat(pool.get(2)).isNotSameAs(two);
    }
  }

  /** A network that mixes its batches is searched image by image, and slower. */
  @Test
  void search_withABatchThatIsMixed_givesEachImageWhatItGetsAlone() {
    SearchOptions options =
        SearchOptions.paperDcgan().toBuilder()
            .steps(5)
            .restarts(2)
            .optimizer(Optimizer.adam(0.05))
            .batchSize(8)
            .build();
    List<InpaintRequest> requests = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
      Random random = new Random(i);
      for (int k = 0; k < 256; k++) {
        image.setRGB(k % 16, k / 16, random.nextInt());
      }
      requests.add(InpaintRequest.of(image, Mask.rectangle(16, 16, 4, 5, 6, 6)).seed(i));
    }
    List<InpaintResult> together;
    try (Inpainter inpainter = inpainter(options)) {
      together =
          inpainter.inpaintAll(requests).stream().map(outcome -> outcome.orElseThrow()).toList();
    }
    for (int i = 0; i < 3; i++) {
      try (Inpainter inpainter = inpainter(options.toBuilder().batchSize(1).build())) {
        FoundLatent alone = inpainter.inpaint(requests.get(i)).search();
        assertThat(together.get(i).search().trace()).isEqualTo(alone.trace());
        assertThat(together.get(i).search().latent()).isEqualTo(alone.latent());
        assertThat(together.get(i).search().image().samples())
            .containsExactly(alone.image().samples());
      }
    }
  }

  private static Inpainter inpainter(SearchOptions options) {
    return Inpainter.builder()
        .generator(new Faulty(MIXING))
        .loss(TinyNetworks.L1)
        .search(options)
        .blender(TinyNetworks.PASTE)
        .build();
  }
}
