package dev.ferry.transfer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImportRulesTest {
  private static final JavaClasses TRANSFER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.ferry.transfer");

  @Test
  void transferKnowsNeitherServerNorClient() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.crypto..",
            "javax.net.ssl..",
            "javax.security.auth.x500..",
            "com.dynatrace.hash4j..",
            "io.netty.internal.tcnative..",
            "com.github.luben.zstd..",
            "dev.ferry.protocol..",
            "dev.ferry.transfer..")
        .check(TRANSFER);
  }

  @Test
  void onlyTlsKnowsBoringSsl() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.ferry.transfer.tls..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(TRANSFER);
  }

  @Test
  void onlyOneClassKnowsTheLibraryOfZstd() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.ferry.transfer.link.Zstd")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.github.luben..")
        .check(TRANSFER);
  }

  @Test
  void tlsKnowsNoSocket() {
    noClasses()
        .that()
        .resideInAPackage("dev.ferry.transfer.tls..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.ferry.transfer", "dev.ferry.transfer.link..", "dev.ferry.transfer.store..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.nio.channels.SocketChannel.class)
        .check(TRANSFER);
  }

  @Test
  void transferDoesNotPrint() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.IO")
        .check(TRANSFER);
  }

  @Test
  void storeStandsAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.ferry.transfer.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.ferry.transfer", "dev.ferry.transfer.link..")
        .allowEmptyShould(true)
        .check(TRANSFER);
  }

  @Test
  void storeKnowsNoFrame() {
    noClasses()
        .that()
        .resideInAPackage("dev.ferry.transfer.store..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("dev\\.ferry\\.protocol\\.(Frame|DataHeader|Field).*")
        .allowEmptyShould(true)
        .check(TRANSFER);
  }

  @Test
  void storeKnowsNoSocket() {
    noClasses()
        .that()
        .resideInAPackage("dev.ferry.transfer.store..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.nio.channels.NetworkChannel.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.nio.channels.SocketChannel.class)
        .allowEmptyShould(true)
        .check(TRANSFER);
  }

  /** It ends at the first difference; {@code MessageDigest.isEqual} and {@code Bytes} do not. */
  @Test
  void nothingSecretIsComparedByTime() {
    noClasses()
        .that()
        .resideInAPackage("dev.ferry.transfer.login..")
        .should()
        .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
        .check(TRANSFER);
  }
}
