package org.inpaint4j.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Maven resolves for projects that use Inpaint4J. The projects stand beside this one; they
 * have no parent of ours, so what our own build manages does not reach them.
 */
class ConsumersTest {

  /** Versions below these have known defects; ND4J asks for such versions. */
  private static final Map<String, String> FLOORS =
      Map.of(
          "org.slf4j:slf4j-api", "2.0.20",
          "org.apache.commons:commons-compress", "1.28.0",
          "org.apache.commons:commons-lang3", "3.18.0",
          "commons-io:commons-io", "2.20.0",
          "commons-net:commons-net", "3.11.1",
          "commons-codec:commons-codec", "1.19.0",
          "com.google.code.gson:gson", "2.13.2");

  /** {@code group:artifact:type[:classifier]:version:scope}, after the branches of the tree. */
  private static final Pattern LINE =
      Pattern.compile(
          "[ |+\\\\-]*([\\w.-]+:[\\w.-]+):[\\w-]+(?::[\\w-]+)?:([\\w.-]+):(compile|runtime)");

  /** The version of each library that a project gets. */
  private static Map<String, String> libraries(String project) throws IOException {
    Map<String, String> libraries = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("..", project, "target", "tree.txt"))) {
      Matcher library = LINE.matcher(line);
      if (library.lookingAt()) {
        libraries.put(library.group(1), library.group(2));
      }
    }
    return libraries;
  }

  @Test
  void blend_alone_bringsNoNd4j() throws IOException {
    assertThat(libraries("blend").keySet())
        .contains("org.inpaint4j:inpaint-blend", "org.inpaint4j:inpaint-image")
        .noneMatch(name -> name.startsWith("org.nd4j:") || name.startsWith("org.bytedeco:"))
        .doesNotContain("org.inpaint4j:inpaint-core", "org.inpaint4j:inpaint-graph");
  }

  @Test
  void models_alone_bringNeitherDl4jNorWeightsOfFaces() throws IOException {
    assertThat(libraries("models").keySet())
        .contains("org.inpaint4j:inpaint-models", "org.nd4j:nd4j-api")
        .noneMatch(name -> name.startsWith("org.deeplearning4j:"))
        .doesNotContain("org.inpaint4j:inpaint-dl4j", "org.inpaint4j:inpaint-faces");
  }

  @Test
  void photo_alone_bringsNeitherABackendNorWeightsOfFaces() throws IOException {
    assertThat(libraries("photo").keySet())
        .contains("org.inpaint4j:inpaint-photo", "org.inpaint4j:inpaint-patch")
        .noneMatch(name -> name.startsWith("org.nd4j:nd4j-native"))
        .noneMatch(name -> name.startsWith("org.deeplearning4j:"))
        .doesNotContain("org.inpaint4j:inpaint-dl4j", "org.inpaint4j:inpaint-faces");
  }

  /** Networks in ONNX files are run without ND4J's native libraries. */
  @Test
  void onnx_alone_bringsOnnxRuntimeAndNoBackend() throws IOException {
    assertThat(libraries("onnx").keySet())
        .contains("org.inpaint4j:inpaint-onnx", "com.microsoft.onnxruntime:onnxruntime")
        .doesNotContain("org.nd4j:nd4j-native", "org.inpaint4j:inpaint-faces");
  }

  /** The cluster has Spark, in a version of its own, with loggers of its own. */
  @Test
  void spark_alone_bringsNothingOfSpark() throws IOException {
    assertThat(libraries("spark").keySet())
        .contains("org.inpaint4j:inpaint-spark", "org.inpaint4j:inpaint-photo")
        .noneMatch(name -> name.matches("org\\.(apache\\.(spark|hadoop|logging).*|scala-lang):.*"))
        .noneMatch(name -> name.startsWith("com.fasterxml.") || name.startsWith("info.picocli:"))
        .doesNotContain("org.slf4j:slf4j-nop", "org.inpaint4j:inpaint-faces");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models",
        "models-then-backend",
        "backend-then-models",
        "faces",
        "photo",
        "onnx",
        "spark"
      })
  void everyOrder_withoutOurParent_bringsNoOldLibrary(String project) throws IOException {
    Map<String, String> libraries = libraries(project);
    FLOORS.forEach(
        (name, floor) ->
            assertThat(Version.parse(libraries.getOrDefault(name, "0")))
                .as(name)
                .isGreaterThanOrEqualTo(Version.parse(floor)));
  }

  /** With two native libraries on the class path the slower one can win. */
  @ParameterizedTest
  @ValueSource(strings = {"models-then-backend", "backend-then-models", "faces"})
  void backend_ofAUser_isOneNativeLibrary(String project) throws IOException {
    assertThat(Files.readAllLines(Path.of("..", project, "target", "tree.txt")))
        .filteredOn(line -> line.contains("org.nd4j:nd4j-native:jar:linux"))
        .singleElement()
        .asString()
        .contains("linux-x86_64-onednn-avx2");
  }
}
