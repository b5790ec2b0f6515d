package dev.ferry.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ImportRulesTest {
  /** But for the role that the demo asks its server for. */
  private static final String FRAMES =
      "dev\\.ferry\\.protocol\\.(Frame(?!\\$Role$)|DataHeader|Field).*";

  private final JavaClasses client =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.ferry.client");

  @Test
  void libraryKnowsNeitherCommandsNorTerminal() {
    classes()
        .that()
        .resideInAPackage("dev.ferry.client")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "javax..", "dev.ferry.protocol..", "dev.ferry.transfer..", "dev.ferry.client")
        .check(client);
  }

  @Test
  void libraryNeitherPrintsNorExits() {
    noClasses()
        .that()
        .resideInAPackage("dev.ferry.client")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.IO")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(client);
  }

  @Test
  void commandsKnowNoTerminal() {
    noClasses()
        .that()
        .resideInAPackage("dev.ferry.client.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jline..", "dev.ferry.client.shell..")
        .allowEmptyShould(true)
        .check(client);
  }

  @Test
  void onlyTheDemoEmbedsAServer() {
    noClasses()
        .that()
        .haveSimpleNameNotContaining("Demo")
        .or()
        .resideOutsideOfPackage("dev.ferry.client.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.ferry.server..")
        .check(client);
  }

  @Test
  void demoNeedsNoMoreThanTheServersFace() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.ferry.server.account..", "dev.ferry.server.cli..")
        .check(client);
  }

  @Test
  void commandsAndShellOpenNoSocketAndKnowNoFrame() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.ferry.client.cli..", "dev.ferry.client.shell..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.net\\.(.*Socket|URL|URLConnection)")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.nio.channels.NetworkChannel.class)
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(FRAMES)
        .allowEmptyShould(true)
        .check(client);
  }
}
