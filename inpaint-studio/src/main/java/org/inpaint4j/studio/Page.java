package org.inpaint4j.studio;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The page: a fixed list of files, read once. */
final class Page {

  private static final Map<String, String> FILES = new LinkedHashMap<>();

  static {
    FILES.put("index.html", "text/html; charset=utf-8");
    FILES.put("studio.css", "text/css; charset=utf-8");
    FILES.put("icon.svg", "image/svg+xml");
    FILES.put("openapi.json", "application/json; charset=utf-8");
    for (String module :
        new String[] {
          "main", "api", "dom", "stage", "veil", "tools", "frames", "history", "fills", "keys",
          "saving", "opening"
        }) {
      FILES.put(module + ".js", "text/javascript; charset=utf-8");
    }
  }

  private final Map<String, byte[]> contents = new LinkedHashMap<>();

  Page() {
    for (String name : FILES.keySet()) {
      contents.put(name, read(name));
    }
  }

  private static byte[] read(String name) {
    try (InputStream stream = Page.class.getResourceAsStream("page/" + name)) {
      if (stream == null) {
        throw new IllegalStateException("the jar must hold the page: found no " + name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the jar must hold the page", e);
    }
  }

  void addTo(RoutesConfig routes) {
    routes.get(
        "/",
        context -> {
          if (context.queryParam("token") != null) {
            // The token is in a cookie now, and has no place in the history of the browser.
            context.redirect("/");
          } else {
            answer(context, "index.html");
          }
        });
    for (String name : FILES.keySet()) {
      routes.get("/" + name, context -> answer(context, name));
    }
  }

  private void answer(Context context, String name) {
    context.contentType(FILES.get(name)).result(contents.get(name));
  }
}
