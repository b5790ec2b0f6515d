package dev.ferry.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ImportRulesTest {
  private static final JavaClasses TESTKIT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.ferry.testkit");

  @Test
  void testkitKnowsNeitherCommandsNorShell() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax..",
            "org.junit.jupiter..",
            "org.junit.platform..",
            "dev.ferry.protocol..",
            "dev.ferry.transfer..",
            "dev.ferry.server",
            "dev.ferry.server.account",
            "dev.ferry.client",
            "dev.ferry.testkit..")
        .check(TESTKIT);
  }
}
