package dev.ferry.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImportRulesTest {
  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.ferry.server");

  @Test
  void serverDoesNotKnowTheClient() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax..",
            "jdk.net..",
            "picocli..",
            "dev.ferry.protocol..",
            "dev.ferry.transfer..",
            "dev.ferry.server..")
        .check(SERVER);
  }

  @Test
  void onlyTheCommandKnowsPicocli() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.ferry.server.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "dev.ferry.server.cli..")
        .check(SERVER);
  }

  /** It ends at the first difference; {@code MessageDigest.isEqual} and {@code Bytes} do not. */
  @Test
  void nothingSecretIsComparedByTime() {
    noClasses()
        .should()
        .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
        .check(SERVER);
  }
}
