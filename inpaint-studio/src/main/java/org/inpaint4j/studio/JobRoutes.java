package org.inpaint4j.studio;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.inpaint4j.files.PictureFormat;

/** {@code /api/fill} and {@code /api/jobs}: fills for programs, and the progress of all fills. */
final class JobRoutes {

  private static final int MOST_WATCHERS = 64;
  private static final long QUIET_MILLISECONDS = 10_000;

  /** Between two events at least: no eye needs more. */
  private static final long PACE_MILLISECONDS = 40;

  private final Workshop shop;
  private final Semaphore watchers = new Semaphore(MOST_WATCHERS);

  JobRoutes(Workshop shop) {
    this.shop = shop;
  }

  void addTo(RoutesConfig routes) {
    routes.post("/api/fill", this::fill);
    routes.post("/api/jobs", this::start);
    routes.get("/api/jobs/{job}", context -> Json.answer(context, job(context).note()));
    routes.delete("/api/jobs/{job}", this::cancel);
    routes.get("/api/jobs/{job}/events", this::events);
    routes.get("/api/jobs/{job}/draft", this::draft);
    routes.get("/api/jobs/{job}/result", this::result);
  }

  private Job job(Context context) {
    return shop.queue().job(context.pathParam("job"));
  }

  /** Reads a form, and puts its job into the queue. */
  private Job queued(Context context) throws IOException {
    Upload upload = Upload.read(context, shop.options().mostUploadBytes(), shop.memoryOfPrograms());
    try {
      // The parts are copied out of the body, which is dropped then.
      MemoryBudget.Share copy = shop.memoryOfPrograms().take(upload.bytes().length);
      try {
        Multipart form = Multipart.read(String.valueOf(context.contentType()), upload.bytes());
        FillOrder order = FillOrder.read(form, shop.methods());
        PictureFormat format = Workshop.format(form.text("format").orElse("png"));
        Job job =
            new Job(
                Workshop.client(context),
                new UploadFill(
                    form,
                    order,
                    format,
                    upload.share(),
                    shop.filling(),
                    shop.desk(),
                    shop.memoryOfPrograms()));
        PictureSize.check("a picture", form.part("picture").content(), shop.options().mostPixels());
        shop.queue().add(job);
        return job;
      } finally {
        copy.close();
      }
    } catch (RuntimeException | Error e) {
      upload.close();
      throw e;
    }
  }

  private void fill(Context context) throws Exception {
    Job job = queued(context);
    try {
      job.awaitEnd();
      write(context, job);
    } finally {
      shop.queue().remove(job);
    }
  }

  private void start(Context context) throws IOException {
    Job job = queued(context);
    context.status(202).header("Location", "/api/jobs/" + job.id());
    Json.answer(context, job.note());
  }

  private void cancel(Context context) {
    shop.queue().remove(job(context));
    context.status(204);
  }

  private void draft(Context context) {
    Job.Draft draft =
        job(context)
            .draft()
            .orElseThrow(() -> Refusal.notFound("the job must have a draft: found none"));
    context.contentType("image/png").result(draft.png());
  }

  private void result(Context context) throws Exception {
    write(context, job(context));
  }

  private void write(Context context, Job job) throws Exception {
    if (!(job.work() instanceof UploadFill work)) {
      throw Refusal.notFound("the result of this job is in its picture");
    }
    switch (job.state()) {
      case DONE -> {
        context.contentType(Workshop.type(work.format()));
        work.writeTo(context.outputStream());
        job.fetched();
      }
      case FAILED -> throw job.error().orElseThrow();
      case CANCELLED -> throw new Refusal(Refusal.GONE, "the job was cancelled");
      case WAITING, WORKING -> throw new Refusal(Refusal.CONFLICT, "the job must be done first");
    }
  }

  /** Server-sent events: a note of the job at each change, until it ends. */
  private void events(Context context) throws IOException, InterruptedException {
    Job job = job(context);
    if (!watchers.tryAcquire()) {
      throw new Refusal(Refusal.TOO_MANY, "too many clients watch jobs; ask for the job instead");
    }
    try {
      context.contentType("text/event-stream; charset=utf-8");
      OutputStream out = context.outputStream();
      long known = -1;
      boolean last = false;
      while (!last) {
        Job.Seen seen = job.await(known, QUIET_MILLISECONDS);
        String event =
            seen.version() == known
                ? ": still here\n\n"
                : "event: job\ndata: " + Json.of(seen.note()) + "\n\n";
        out.write(event.getBytes(StandardCharsets.UTF_8));
        context.res().flushBuffer();
        known = seen.version();
        last = seen.last();
        if (!last) {
          Thread.sleep(PACE_MILLISECONDS);
        }
      }
    } finally {
      watchers.release();
    }
  }
}
