package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links at the end of what was typed: nobody sends or replaces what he did not mean. */
class NamedLinksTest {
  @TempDir private Path folder;
  private Path local;
  private Served served;

  @BeforeEach
  void start() throws IOException {
    served = Served.at(folder.resolve("served"));
    served.write("there", "there");
    local = Files.createDirectory(folder.resolve("local"));
    Files.createDirectories(local.resolve("real/folder"));
    Files.writeString(local.resolve("real/folder/f"), "f");
    Files.createSymbolicLink(local.resolve("alias"), Path.of("real/folder"));
    Files.createSymbolicLink(local.resolve("name"), Path.of("real/folder/f"));
    Files.createSymbolicLink(local.resolve("nowhere"), Path.of("none"));
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private Result ferry(String command, String... words) {
    return Program.in(local).plain(List.of(command, "-q"), words);
  }

  @Test
  void aSourceThatIsALinkFails() throws IOException {
    for (String link : new String[] {"name", "alias", "nowhere"}) {
      for (String links : new String[] {"skip", "fail"}) {
        Result put = ferry("put", "-r", "--links", links, link, served.url("/"));
        assertThat(put.code()).isEqualTo(ExitCode.LOCAL);
        assertThat(put.message())
            .startsWith("ferry put: " + link + ": is a link")
            .endsWith("; --links follow sends what it leads to");
        assertThat(served.path(link)).doesNotExist();
      }
    }
    Result others = ferry("put", "name", "real/folder/f", served.url("/"));
    assertThat(others.code()).isEqualTo(ExitCode.MIXED);
    assertThat(served.path("f")).content().isEqualTo("f");
  }

  @Test
  void aSourceThatIsALinkIsFollowedIfThatIsSaid() throws IOException {
    assertThat(ferry("put", "-r", "--links=follow", "alias", "name", served.url("/")).code())
        .isEqualTo(ExitCode.OK);
    assertThat(served.path("alias/f")).content().isEqualTo("f");
    assertThat(served.path("name")).isRegularFile();
    assertThat(ferry("put", "-r", "--links=follow", "alias", served.url("/new")).code())
        .isEqualTo(ExitCode.OK);
    assertThat(served.path("new/f")).content().isEqualTo("f");
  }

  @Test
  void aSlashBehindALinkMeansTheFolderItLeadsTo() throws IOException {
    assertThat(ferry("put", "-r", "alias/", served.url("/")).code()).isEqualTo(ExitCode.OK);
    assertThat(served.path("alias/f")).content().isEqualTo("f");
    assertThat(ferry("put", "alias/f", served.url("/")).code()).isEqualTo(ExitCode.OK);
    assertThat(served.path("f")).content().isEqualTo("f");
  }

  @Test
  void aTargetThatIsALinkToAFileIsNeverReplaced() throws IOException {
    for (String link : new String[] {"name", "nowhere"}) {
      Result get = ferry("get", "--overwrite=always", served.url("/there"), link);
      assertThat(get.code()).isEqualTo(ExitCode.LOCAL);
      assertThat(get.message())
          .startsWith("ferry get: " + link + ": a link of that name stands there; that is never");
      assertThat(local.resolve(link)).isSymbolicLink();
    }
    assertThat(local.resolve("real/folder/f")).content().isEqualTo("f");
    assertThat(local.resolve("none")).doesNotExist();
  }

  @Test
  void aTargetThatIsALinkToAFolderIsThatFolder() {
    assertThat(ferry("get", served.url("/there"), "alias").code()).isEqualTo(ExitCode.OK);
    assertThat(local.resolve("real/folder/there")).content().isEqualTo("there");
    assertThat(ferry("get", served.url("/there"), "alias/new").code()).isEqualTo(ExitCode.OK);
    assertThat(local.resolve("real/folder/new")).content().isEqualTo("there");
  }
}
