package org.inpaint4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.inpaint4j.InpaintOutcome;
import org.inpaint4j.InpaintRequest;
import org.inpaint4j.InpaintResult;
import org.inpaint4j.Inpainter;
import org.inpaint4j.files.MaskConvention;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.FillStatus;
import org.inpaint4j.image.InpaintWarning;
import org.jspecify.annotations.Nullable;

/**
 * Fills the photos of a folder in groups, so that searches share their batches.
 *
 * <p>A photo that cannot be filled is reported, and the others are filled all the same. Every
 * result is written as soon as its group is done, complete or not at all.
 */
final class FolderFill {

  /** Photos of one group have no more pixels than this together, so that they fit into memory. */
  private static final long GROUP_PIXELS = 50_000_000;

  /** A photo, its mask and where its result goes. */
  private record Item(Path image, @Nullable Path mask, Path result) {}

  /** An item that has been read. */
  private record Read(Item item, PhotoTask task) {}

  private final List<Item> items;
  private final Path masks;
  private final Path results;
  private final MaskConvention convention;
  private final int skipped;
  private final List<String> failures = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, Long> made = new LinkedHashMap<>();
  private int filled;

  private FolderFill(
      List<Item> items, Path masks, Path results, MaskConvention convention, int skipped) {
    this.items = items;
    this.masks = masks;
    this.results = results;
    this.convention = convention;
    this.skipped = skipped;
  }

  /**
   * Finds out what is to be done.
   *
   * @param images the folder of photos
   * @param masks a mask for all of them, or a folder with one for each
   * @param results the folder of results, made if it is missing
   * @param convention which pixels of a mask are the hole
   * @param resume whether to leave out photos whose results are there
   * @throws UserException if the folders cannot be used
   */
  static FolderFill plan(
      Path images, Path masks, Path results, MaskConvention convention, boolean resume)
      throws UserException, IOException {
    if (!Files.exists(masks)) {
      throw new UserException("--mask must exist: found no file or folder " + masks);
    }
    if (Files.exists(results) && !Files.isDirectory(results)) {
      throw new UserException("--out must be a folder for a folder of photos: found " + results);
    }
    boolean exists = Files.exists(results);
    if (exists && (Files.isSameFile(results, images) || Files.isSameFile(results, masks))) {
      throw new UserException("--out must not be one of the inputs: found " + results);
    }
    Map<String, Path> maskOf = Files.isDirectory(masks) ? byName(masks) : Map.of();
    List<Item> items = new ArrayList<>();
    int skipped = 0;
    Map<String, Path> photos = byName(images);
    if (photos.isEmpty()) {
      throw new UserException("--image must be a folder with photos: found none in " + images);
    }
    Files.createDirectories(results);
    for (Map.Entry<String, Path> photo : photos.entrySet()) {
      Path mask = Files.isDirectory(masks) ? maskOf.get(photo.getKey()) : masks;
      Path result = results.resolve(photo.getKey() + ".png");
      if (resume && Files.exists(result)) {
        skipped++;
      } else {
        items.add(new Item(photo.getValue(), mask, result));
      }
    }
    return new FolderFill(items, masks, results, convention, skipped);
  }

  private static Map<String, Path> byName(Path folder) throws UserException, IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(Pictures::isPicture).toList();
    }
    Map<String, Path> byName = new TreeMap<>();
    for (Path file : files) {
      Path other = byName.put(Pictures.baseName(file), file);
      if (other != null) {
        throw new UserException(
            "the pictures of a folder must differ in more than their endings: found "
                + file
                + " and "
                + other.getFileName());
      }
    }
    return byName;
  }

  /**
   * Fills what is to be filled and prints a summary.
   *
   * @param prepared the inpainter
   * @param asked whether the user wants the work to end; asked after every step
   * @return the exit code: 0 if nothing failed and nothing is left
   */
  int run(SearchFlags.Prepared prepared, BooleanSupplier asked) {
    long start = System.nanoTime();
    int done = 0;
    boolean interrupted = false;
    if (!items.isEmpty()) {
      try (ProgressBar bar = ProgressBars.startPieces("filling", "photos", items.size());
          Inpainter inpainter = prepared.inpainter().get()) {
        while (done < items.size() && !interrupted) {
          List<Read> read = new ArrayList<>();
          int next = read(done, inpainter.batch(), read);
          fill(inpainter, prepared.seed(), read, next - read.size(), asked, bar);
          done = next;
          bar.stepTo((long) ProgressBars.PARTS * done);
          interrupted = asked.getAsBoolean();
        }
      }
    }
    return summary(interrupted, Duration.ofNanos(System.nanoTime() - start));
  }

  /** Reads the next photos; returns the first that comes after them. */
  private int read(int from, int most, List<Read> read) {
    long pixels = 0;
    int next = from;
    while (next < items.size() && read.size() < most && pixels < GROUP_PIXELS) {
      Item item = items.get(next++);
      try {
        if (item.mask() == null) {
          throw new UserException(
              "a photo must have a mask of the same name: found none in " + masks);
        }
        PhotoTask task = MaskFile.read(convention, item.image(), item.mask());
        Pictures.checkHolds(task.photo(), item.result());
        pixels += task.request().mask().size().pixels();
        read.add(new Read(item, task));
        task.photo().notes().forEach(note -> warnings.add(item.image() + ": " + note));
        task.photo()
            .losses(Pictures.format(item.result()))
            .forEach(loss -> warnings.add(item.result() + ": " + loss));
      } catch (UserException e) {
        failed(item, e);
      }
    }
    return next;
  }

  /**
   * Fills a group.
   *
   * @param before how many photos were done before it
   */
  private void fill(
      Inpainter inpainter,
      long seed,
      List<Read> group,
      int before,
      BooleanSupplier asked,
      ProgressBar bar) {
    if (group.isEmpty() || asked.getAsBoolean()) {
      return;
    }
    double[] shares = new double[group.size()];
    List<InpaintRequest> requests = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      int own = i;
      requests.add(
          group
              .get(i)
              .task()
              .request()
              .inPlace()
              .seed(seed)
              .cancelWhen(asked)
              .onProgress(
                  progress -> {
                    shares[own] = (double) progress.step() / progress.steps();
                    double done = before + DoubleStream.of(shares).sum();
                    bar.stepTo(Math.round(ProgressBars.PARTS * done));
                  }));
    }
    List<InpaintOutcome> outcomes = inpainter.inpaintAll(requests);
    for (int i = 0; i < shares.length; i++) {
      Item item = group.get(i).item();
      PictureFile photo = group.get(i).task().photo();
      outcomes.get(i).error().ifPresent(error -> failed(item, error));
      // The best so far of a photo is not what the options ask for; it is filled the next time.
      outcomes
          .get(i)
          .result()
          .filter(result -> result.status() != FillStatus.CANCELLED)
          .ifPresent(result -> write(item, photo, result));
    }
  }

  private void write(Item item, PictureFile photo, InpaintResult result) {
    try {
      Pictures.write(photo.withImage(result.image()), item.result());
      filled++;
      result
          .map()
          .shares()
          .forEach(share -> made.merge(share.filler(), (long) share.count(), Long::sum));
      for (InpaintWarning warning : result.warnings()) {
        warnings.add(item.image() + ": " + warning.message());
      }
    } catch (UserException | IOException e) {
      failed(item, e);
    }
  }

  private void failed(Item item, Exception reason) {
    failures.add(
        item.image() + ": " + Objects.requireNonNullElse(reason.getMessage(), reason.toString()));
  }

  private int summary(boolean interrupted, Duration time) {
    // Here, not on the way: they would be written into the progress bar.
    warnings.forEach(warning -> System.err.printf("inpaint fill: %s%n", warning));
    failures.forEach(failure -> System.err.printf("inpaint fill: failed: %s%n", failure));
    int left = items.size() - filled - failures.size();
    System.out.printf(
        "%sFilled %d photos in %s%s, %d failed%s: %s%n",
        interrupted ? "Interrupted: " : "",
        filled,
        SearchFlags.seconds(time),
        skipped > 0 ? ", skipped " + skipped + " that were there" : "",
        failures.size(),
        left > 0 ? ", " + left + " left for --resume" : "",
        results);
    if (filled > 0 && made.size() > 1) {
      System.out.printf(
          "Pixels: %s%n",
          String.join(
              ", ",
              made.entrySet().stream()
                  .map(share -> share.getValue() + " by " + share.getKey())
                  .toList()));
    }
    return failures.isEmpty() && left == 0 ? 0 : 1;
  }
}
