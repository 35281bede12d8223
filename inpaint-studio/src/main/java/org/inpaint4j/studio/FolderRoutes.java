package org.inpaint4j.studio;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;

/** {@code /api/folder}: the pictures of the folder that was given at the start. */
final class FolderRoutes {

  private final Workshop shop;

  FolderRoutes(Workshop shop) {
    this.shop = shop;
  }

  void addTo(RoutesConfig routes) {
    routes.get(
        "/api/folder",
        context ->
            Json.answer(
                context, Map.of("name", shop.folder().name(), "pictures", shop.folder().list())));
    routes.post("/api/folder/open", this::open);
  }

  private void open(Context context) throws IOException {
    String name = Json.text(Json.object(Upload.small(context)), "name", "");
    Upload upload = shop.folder().read(name, shop.options().mostUploadBytes(), shop.memory());
    shop.open(context, upload, name, true);
  }
}
