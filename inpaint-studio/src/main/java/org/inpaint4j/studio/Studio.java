package org.inpaint4j.studio;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.io.EofException;
import org.inpaint4j.files.PictureException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A page with a brush, served from this machine: open a photo, paint over something, press fill.
 *
 * <pre>{@code
 * try (Studio studio = Studio.start(StudioOptions.local())) {
 *   System.out.println(studio.address());
 *   Thread.currentThread().join();
 * }
 * }</pre>
 *
 * <p>Pictures stay in memory. Nothing is written to a disk but what the user saves into the folder
 * of the options. {@code docs/studio.md} describes the page, the HTTP interface and what keeps
 * strangers out.
 *
 * <p>For one person or a few. It is no service for the internet: it has one token and no accounts.
 */
public final class Studio implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Studio.class);

  private final StudioOptions options;
  private final Workshop shop;
  private final Javalin server;

  private Studio(StudioOptions options, Workshop shop, Javalin server) {
    this.options = options;
    this.shop = shop;
    this.server = server;
  }

  /**
   * Starts a studio.
   *
   * @param options where it listens, and what it accepts
   * @return the running studio, which the caller closes
   * @throws IOException if the folder cannot be read, or the address cannot be bound
   */
  public static Studio start(StudioOptions options) throws IOException {
    Workshop shop = new Workshop(options);
    Guard guard = new Guard(options);
    try {
      Javalin server = Javalin.create(config -> configure(config, shop, guard));
      server.start(options.host(), options.port());
      guard.port(server.port());
      return new Studio(options, shop, server);
    } catch (RuntimeException e) {
      shop.close();
      throw new IOException(
          "the studio must be able to listen on "
              + options.host()
              + " port "
              + options.port()
              + ": "
              + rootMessage(e),
          e);
    }
  }

  private static String rootMessage(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static void configure(JavalinConfig config, Workshop shop, Guard guard) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    RoutesConfig routes = config.routes;
    routes.before(guard::check);
    routes.after(Upload::drainShort);
    new Page().addTo(routes);
    routes.get("/api/studio", context -> Json.answer(context, about(shop)));
    new FolderRoutes(shop).addTo(routes);
    new PictureRoutes(shop).addTo(routes);
    new JobRoutes(shop).addTo(routes);
    routes.exception(Refusal.class, Studio::refuse);
    routes.exception(
        PictureException.class,
        (e, context) -> Json.error(context, Refusal.UNPROCESSABLE, String.valueOf(e.getMessage())));
    routes.exception(
        HttpResponseException.class,
        (e, context) ->
            Json.error(context, e.getStatus(), "there must be something here: " + e.getMessage()));
    routes.exception(EofException.class, (e, context) -> LOG.debug("a client has gone", e));
    routes.exception(
        InterruptedException.class,
        (e, context) -> Json.error(context, Refusal.GONE, "the studio is closing"));
    routes.exception(Exception.class, Studio::fail);
  }

  private static void refuse(Refusal refusal, Context context) {
    if (refusal.status() == Refusal.TOO_MANY) {
      context.header("Retry-After", "2");
    }
    Json.error(context, refusal.status(), refusal.sentence());
  }

  private static void fail(Exception e, Context context) {
    LOG.warn("a request failed", e);
    Json.error(context, Refusal.FAILED, "the studio failed: " + e.getClass().getSimpleName());
  }

  private static Map<String, Object> about(Workshop shop) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("methods", shop.methods().all());
    about.put("folder", shop.maybeFolder().map(Folder::name).orElse(""));
    about.put("mostPixels", shop.options().mostPixels());
    about.put("mostUploadBytes", shop.options().mostUploadBytes());
    return about;
  }

  /**
   * Where the page is.
   *
   * @return the address to open, with the token if there is one
   */
  public URI address() {
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    String token = options.token().map(secret -> "?token=" + secret).orElse("");
    return URI.create("http://" + host + ":" + server.port() + "/" + token);
  }

  /**
   * Loads what the first fill of a face needs, so that it does not have to wait. Takes some seconds
   * and 100 MB; the page can be used meanwhile.
   */
  public void warmUp() {
    shop.methods().warmUp();
  }

  /** Ends all work, and forgets all pictures. */
  @Override
  public void close() {
    server.stop();
    shop.close();
  }
}
