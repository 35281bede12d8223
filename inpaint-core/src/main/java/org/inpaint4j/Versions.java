package org.inpaint4j;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;

/** The versions that a {@link Provenance} names. */
final class Versions {

  private static final String ND4J = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";

  private Versions() {}

  /** Those of this library, of ND4J and its backend, and of Java. */
  static Map<String, String> all() {
    String own = Versions.class.getPackage().getImplementationVersion();
    return Map.of(
        "inpaint4j",
        own == null ? "development" : own,
        "nd4j",
        nd4j(),
        "backend",
        Nd4j.getBackend().getClass().getSimpleName(),
        "java",
        Runtime.version().toString());
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
