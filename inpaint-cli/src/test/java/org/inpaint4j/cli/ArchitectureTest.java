package org.inpaint4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of docs/architecture.md, and how much of the library is public. */
class ArchitectureTest {

  private static final String ROOT = "org.inpaint4j";

  /** These may use everything, and only they may write to the console. */
  private static final Set<String> PROGRAMS = Set.of(".cli", ".examples");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  /** {@code | module | package | is | may use |}. */
  private static final Pattern ROW =
      Pattern.compile("\\| `inpaint-[a-z0-9-]+` \\| `([a-z0-9.]+)` \\|[^|]*\\|([^|]*)\\|");

  /** The packages that each package may use, as the page has them. */
  private static Map<String, Set<String>> allowed() throws IOException {
    Map<String, Set<String>> allowed = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "architecture.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        allowed.put(
            row.group(1),
            Pattern.compile("`([a-z0-9.]+)`")
                .matcher(row.group(2))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toSet()));
      }
    }
    return allowed;
  }

  /** {@code .search} for {@code org.inpaint4j.search}, {@code .} for the root. */
  private static String shortName(JavaClass type) {
    String rest = type.getPackageName().substring(ROOT.length());
    return rest.isEmpty() ? "." : rest;
  }

  private static Stream<Dependency> ownDependencies(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .filter(to -> to.getTargetClass().getPackageName().startsWith(ROOT));
  }

  @Test
  void packages_useOnlyWhatThePageNames() throws IOException {
    Map<String, Set<String>> allowed = allowed();
    Set<String> unknown = new TreeSet<>();
    Set<String> arrows = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      String from = shortName(type);
      if (!allowed.containsKey(from)) {
        unknown.add(from);
      } else if (!PROGRAMS.contains(from)) {
        ownDependencies(type)
            .filter(to -> !shortName(to.getTargetClass()).equals(from))
            .filter(to -> !allowed.get(from).contains(shortName(to.getTargetClass())))
            .forEach(to -> arrows.add(from + " -> " + shortName(to.getTargetClass()) + ": " + to));
      }
    }
    assertThat(unknown).as("packages that docs/architecture.md does not know").isEmpty();
    assertThat(arrows).as("arrows that docs/architecture.md does not have").isEmpty();
  }

  @Test
  void page_namesNoArrowThatIsNotThere() throws IOException {
    Map<String, Set<String>> used = new TreeMap<>();
    CLASSES.forEach(
        type ->
            ownDependencies(type)
                .forEach(
                    to ->
                        used.computeIfAbsent(shortName(type), key -> new TreeSet<>())
                            .add(shortName(to.getTargetClass()))));
    Set<String> missing = new TreeSet<>();
    allowed()
        .forEach(
            (from, targets) ->
                targets.stream()
                    .filter(to -> !used.getOrDefault(from, Set.of()).contains(to))
                    .forEach(to -> missing.add(from + " -> " + to)));
    assertThat(missing).as("arrows of docs/architecture.md that nothing needs").isEmpty();
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("org.inpaint4j.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void modulesWithoutNd4j_haveNoneOnTheirClassPath() throws IOException {
    for (String module : List.of("inpaint-image", "inpaint-blend")) {
      assertThat(Files.readString(Path.of("..", module, "pom.xml")))
          .as(module)
          .doesNotContain("nd4j", "inpaint-core", "inpaint-graph");
    }
  }

  @Test
  void onlyBoundOp_callsTheExecutioner() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.inpaint4j.graph.BoundOp")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.nd4j.linalg.api.ops.executioner.OpExecutioner")
        .check(CLASSES);
  }

  /** Whatever uses ND4J begins with a graph, and the threads have to be set before that. */
  @Test
  void onlyEngine_makesGraphs() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.inpaint4j.graph.Engine")
        .and()
        .resideOutsideOfPackage(ROOT + ".examples")
        .should()
        .callMethod("org.nd4j.autodiff.samediff.SameDiff", "create")
        .check(CLASSES);
  }

  @Test
  void library_writesNothingToTheConsole() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.inpaint4j.cli", "org.inpaint4j.examples")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  @Test
  void publicSignatures_doNotShowGuava() {
    DescribedPredicate<JavaClass> guava =
        JavaClass.Predicates.resideInAPackage("com.google.common..");
    List<String> shown =
        CLASSES.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(
                method ->
                    guava.test(method.getRawReturnType())
                        || method.getRawParameterTypes().stream().anyMatch(guava))
            .map(method -> method.getFullName())
            .toList();
    assertThat(shown).isEmpty();
  }

  /**
   * The aim is 70 %. The library stands below it: the core holds the interfaces, records and enums
   * that all other modules share, and the models module an entry class for each family. The bound
   * keeps the share from falling.
   */
  @Test
  void libraryTypes_mostOfThem_arePackagePrivate() {
    List<JavaClass> types =
        CLASSES.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !PROGRAMS.contains(shortName(type)))
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .toList();
    long hidden =
        types.stream().filter(type -> !type.getModifiers().contains(JavaModifier.PUBLIC)).count();
    assertThat((double) hidden / types.size())
        .as("%s of %s types are package-private", hidden, types.size())
        .isGreaterThanOrEqualTo(0.55);
  }
}
