package org.inpaint4j.search;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.inpaint4j.graph.Engine;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;

/** The versions of ND4J and its backend, for the provenance of a result. */
final class EngineVersions {

  private static final String ND4J = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";

  private EngineVersions() {}

  static Map<String, String> all() {
    Engine.start();
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("nd4j", nd4j());
    versions.put("backend", Nd4j.getBackend().getClass().getSimpleName());
    return versions;
  }

  /** ND4J's manifest has no version; what Maven left in its jar has. */
  private static String nd4j() {
    try (@Nullable InputStream in = Nd4j.class.getResourceAsStream(ND4J)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
