package org.inpaint4j.studio;

import com.google.gson.JsonObject;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;
import org.inpaint4j.image.Bounds;
import org.inpaint4j.image.Mask;
import org.inpaint4j.image.Photo;
import org.inpaint4j.image.Size;

/** {@code /api/pictures}: what the page works on. */
final class PictureRoutes {

  private static final int MOST_NAME = 200;
  private static final int MOST_VIEW = 2048;

  private final Workshop shop;

  PictureRoutes(Workshop shop) {
    this.shop = shop;
  }

  void addTo(RoutesConfig routes) {
    String one = "/api/pictures/{picture}";
    routes.post("/api/pictures", this::open);
    routes.get(one, context -> Json.answer(context, picture(context).note()));
    routes.delete(one, this::close);
    routes.get(one + "/preview", this::preview);
    routes.get(one + "/view", this::view);
    routes.put(one + "/mask", this::setMask);
    routes.get(one + "/mask", this::mask);
    routes.post(one + "/faces", this::faces);
    routes.post(one + "/fills", this::fill);
    routes.get(one + "/fills/{fill}/{candidate}", this::patch);
    routes.post(one + "/fills/{fill}/{candidate}", this::choose);
    routes.post(one + "/undo", context -> changed(context, OpenPicture::undo));
    routes.post(one + "/redo", context -> changed(context, OpenPicture::redo));
    routes.get(one + "/result", this::result);
    routes.post(one + "/save", this::save);
  }

  private OpenPicture picture(Context context) {
    return shop.pictures().picture(context.pathParam("picture"));
  }

  private void open(Context context) throws IOException {
    shop.open(
        context,
        Upload.read(context, shop.options().mostUploadBytes(), shop.memory()),
        name(context),
        false);
  }

  /** A name for people; it is shown and offered for downloads, and never a path. */
  private static String name(Context context) {
    String header = context.header("X-Picture-Name");
    if (header == null || header.length() > 4 * MOST_NAME) {
      return "picture";
    }
    try {
      String name =
          URLDecoder.decode(header, StandardCharsets.UTF_8)
              .replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]", "_")
              .strip();
      return name.isEmpty() || name.length() > MOST_NAME ? "picture" : name;
    } catch (IllegalArgumentException e) {
      return "picture";
    }
  }

  private void close(Context context) {
    OpenPicture picture = picture(context);
    picture.job().ifPresent(shop.queue()::cancel);
    shop.pictures().close(picture);
    context.status(204);
  }

  private void preview(Context context) {
    OpenPicture picture = picture(context);
    context.contentType(Workshop.type(picture.facts().shownAs())).result(picture.preview());
  }

  /** A part of the picture with its fills, at its own resolution if it fits. */
  private void view(Context context) throws Exception {
    OpenPicture picture = picture(context);
    Size size = picture.size();
    int x = whole(context, "x", 0, size.width() - 1);
    int y = whole(context, "y", 0, size.height() - 1);
    Bounds part =
        new Bounds(
            x,
            y,
            whole(context, "width", 1, size.width() - x),
            whole(context, "height", 1, size.height() - y));
    Size to = Reduction.within(part.size(), MOST_VIEW);
    byte[] png =
        shop.desk()
            .use(
                picture,
                file ->
                    file.withImage(Reduction.of(file.image(), part, to))
                        .toBytes(picture.facts().shownAs()));
    context.contentType(Workshop.type(picture.facts().shownAs())).result(png);
  }

  private static int whole(Context context, String name, int least, int most) {
    try {
      int value = Integer.parseInt(String.valueOf(context.queryParam(name)));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new Refusal(Refusal.BAD_REQUEST, name + " must be a whole number", e);
    }
    throw Refusal.badRequest(name + " must be from " + least + " to " + most);
  }

  private void setMask(Context context) throws IOException {
    OpenPicture picture = picture(context);
    try (Upload upload = Upload.read(context, shop.mostMaskBytes(), shop.memory())) {
      PictureSize.check("a mask", upload.bytes(), picture.size().pixels());
      picture.mask(upload.bytes());
    }
    context.status(204);
  }

  private void mask(Context context) throws IOException {
    OpenPicture picture = picture(context);
    if ("full".equals(context.queryParam("size"))) {
      Mask mask = picture.painted().orElseThrow(PictureRoutes::unpainted);
      download(context, picture, "-mask", PictureFormat.PNG);
      PictureFile.of(mask.toImage()).write(context.outputStream(), PictureFormat.PNG);
    } else {
      context.contentType("image/png").result(picture.mask().orElseThrow(PictureRoutes::unpainted));
    }
  }

  private static Refusal unpainted() {
    return Refusal.notFound("nothing is painted on this picture");
  }

  private void faces(Context context) throws Exception {
    OpenPicture picture = picture(context);
    Optional<Mask> mask = shop.methods().knowsFaces() ? picture.painted() : Optional.empty();
    if (mask.isEmpty()) {
      Json.answer(context, Map.of("faces", List.of()));
      return;
    }
    List<Frame> faces =
        shop.desk()
            .use(
                picture,
                file ->
                    shop.methods().faces(Photo.of(file.image()), mask.get()).stream()
                        .map(Frame::of)
                        .toList());
    Json.answer(context, Map.of("faces", faces));
  }

  private void fill(Context context) throws IOException {
    OpenPicture picture = picture(context);
    JsonObject request = Json.object(Upload.small(context));
    FillOrder order = FillOrder.read(request, picture.size(), shop.methods());
    Mask hole = picture.hole();
    picture.begin(
        () -> {
          Job.Work work =
              new PictureFill(picture, hole, order, shop.filling(), shop.desk(), shop.memory());
          Job job = new Job(Workshop.client(context), work);
          shop.queue().add(job);
          context.status(202);
          Json.answer(context, job.note());
          return job;
        });
  }

  private void patch(Context context) {
    Layer layer = picture(context).layer(context.pathParam("fill"));
    context.contentType("image/png").result(layer.candidate(candidate(context)).patch());
  }

  private void choose(Context context) {
    OpenPicture picture = picture(context);
    picture.choose(context.pathParam("fill"), candidate(context));
    Json.answer(context, picture.note());
  }

  private static int candidate(Context context) {
    try {
      return Integer.parseInt(context.pathParam("candidate"));
    } catch (NumberFormatException e) {
      throw new Refusal(Refusal.NOT_FOUND, "a candidate must be a number", e);
    }
  }

  private interface Change {
    void on(OpenPicture picture);
  }

  private void changed(Context context, Change change) {
    OpenPicture picture = picture(context);
    change.on(picture);
    Json.answer(context, picture.note());
  }

  private void result(Context context) throws Exception {
    OpenPicture picture = picture(context);
    PictureFormat format = Workshop.format(context.queryParam("format"));
    shop.desk()
        .use(
            picture,
            file -> {
              file.checkHolds(format);
              download(context, picture, "-filled", format);
              file.write(context.outputStream(), format);
              return file;
            });
  }

  /** Says which name a browser may give the file. */
  private static void download(
      Context context, OpenPicture picture, String suffix, PictureFormat format) {
    String name = picture.facts().name();
    int dot = name.lastIndexOf('.');
    String base = dot > 0 ? name.substring(0, dot) : name;
    String file = base + suffix + Workshop.ending(format);
    context.contentType(Workshop.type(format));
    context.header(
        "Content-Disposition",
        "attachment; filename*=UTF-8''"
            + URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  private void save(Context context) throws Exception {
    OpenPicture picture = picture(context);
    Folder folder = shop.folder();
    JsonObject request = Json.object(Upload.small(context));
    PictureFormat format = Workshop.format(Json.text(request, "format", "png"));
    String original = picture.facts().inFolder() ? picture.facts().name() : "";
    String name = shop.desk().use(picture, file -> folder.save(file, format, original));
    Json.answer(context, Map.of("name", name));
  }
}
