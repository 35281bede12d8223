package org.inpaint4j.studio;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.inpaint4j.files.PictureFormat;

/** What the routes share. */
final class Workshop implements AutoCloseable {

  private static final String CLIENT = "X-Studio-Client";
  private static final long ABANDONED = TimeUnit.MINUTES.toNanos(10);

  private final StudioOptions options;
  private final MemoryBudget budget;
  private final Desk desk;
  private final Methods methods;
  private final FillWork filling;
  private final FillQueue queue;
  private final OpenPictures pictures;
  private final Optional<Folder> folder;

  Workshop(StudioOptions options) throws IOException {
    this.options = options;
    this.folder =
        options.folder().isPresent()
            ? Optional.of(new Folder(options.folder().get()))
            : Optional.empty();
    this.budget =
        new MemoryBudget(Math.max(options.mostUploadBytes(), Runtime.getRuntime().maxMemory() / 4));
    this.desk = new Desk(options.mostPixels());
    this.methods = new Methods(options.models());
    this.filling = new FillWork(methods);
    this.pictures = new OpenPictures(options.mostOpen());
    this.queue = new FillQueue(options.mostWaiting(), options.mostWaitingOfOne());
  }

  StudioOptions options() {
    return options;
  }

  /**
   * Memory for somebody at the page: results that programs have fetched give it, then pictures that
   * were not used for the longest time.
   */
  MemoryBudget.Source memory() {
    return bytes -> budget.take(bytes, () -> queue.forgetOne() || pictures.forgetOldest(0));
  }

  /**
   * Memory for programs, which take none from somebody at the page: of results that were fetched,
   * and of abandoned pictures.
   */
  MemoryBudget.Source memoryOfPrograms() {
    return bytes -> budget.take(bytes, () -> queue.forgetOne() || pictures.forgetOldest(ABANDONED));
  }

  Desk desk() {
    return desk;
  }

  Methods methods() {
    return methods;
  }

  FillWork filling() {
    return filling;
  }

  FillQueue queue() {
    return queue;
  }

  OpenPictures pictures() {
    return pictures;
  }

  /**
   * The folder.
   *
   * @throws Refusal if none was given
   */
  Folder folder() {
    return folder.orElseThrow(
        () -> Refusal.notFound("a folder must be given at the start: found none"));
  }

  Optional<Folder> maybeFolder() {
    return folder;
  }

  /** A mask compresses well; one as large as a picture needs no more than this. */
  long mostMaskBytes() {
    return Math.min(options.mostUploadBytes(), 16L << 20);
  }

  /** Opens a picture and answers with it; the upload is closed if that fails. */
  void open(Context context, Upload upload, String name, boolean inFolder) throws IOException {
    try {
      OpenPicture picture = desk.open(upload, name, inFolder);
      pictures.add(picture);
      context.status(201).header("Location", "/api/pictures/" + picture.id());
      Json.answer(context, picture.note());
    } catch (IOException | RuntimeException | Error e) {
      upload.close();
      throw e;
    }
  }

  /** Who asks, for the order of the queue: what the client calls itself, or its address. */
  static String client(Context context) {
    String name = context.header(CLIENT);
    return name != null && name.matches("[A-Za-z0-9_-]{1,64}") ? name : context.ip();
  }

  /**
   * The format that a request asks for: PNG if it does not say.
   *
   * @throws Refusal if it is another than PNG and JPEG
   */
  static PictureFormat format(@org.jspecify.annotations.Nullable String name) {
    if (name == null || name.equals("png")) {
      return PictureFormat.PNG;
    }
    if (name.equals("jpeg") || name.equals("jpg")) {
      return PictureFormat.JPEG;
    }
    throw Refusal.badRequest("the format must be png or jpeg: found another");
  }

  static String type(PictureFormat format) {
    return format == PictureFormat.JPEG ? "image/jpeg" : "image/png";
  }

  /** What the name of a file ends in. */
  static String ending(PictureFormat format) {
    return format == PictureFormat.JPEG ? ".jpg" : ".png";
  }

  @Override
  public void close() {
    queue.close();
    pictures.closeAll();
    methods.close();
  }
}
