package dev.ferry.client.cli;

import dev.ferry.client.KeyFiles;
import dev.ferry.client.PrivateKey;
import dev.ferry.protocol.Printable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "keygen",
    description = {
      "Make an Ed25519 key to log in with, as OpenSSH keeps it.",
      "Prints its public half, which whoever runs the server has to know."
    })
final class KeygenCommand extends Command {
  /** Stands behind the public key; what made it says more than a local name that nobody knows. */
  private static final String COMMENT = "ferry";

  @Option(names = "--force", description = "Replace a key that is there.")
  private boolean force;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Where to; id_ed25519 in the folder of Ferry's configuration if not given.")
  private String file;

  KeygenCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() throws IOException {
    Path usual = OwnKeys.usual(context.environment());
    Path target = file == null ? usual : context.local(file).path();
    PrivateKey key = PrivateKey.generate();
    try {
      KeyFiles.write(target, key, COMMENT, force);
    } catch (FileAlreadyExistsException e) {
      throw new FileSystemException(
          e.getFile(), null, "is there already; --force replaces the key");
    }
    context.io().out().line(KeyFiles.line(key.publicKey(), COMMENT));
    context.messages().note("the key is in %s, for you alone".formatted(shown(target)));
    context
        .messages()
        .note(
            ("whoever runs the server adds the public key, which is in %s.pub: ferryd user key NAME"
                    + " --add FILE; then log in with: ferry %sferry://NAME@HOST/")
                .formatted(
                    shown(target), target.equals(usual) ? "" : "-i %s ".formatted(shown(target))));
    return ExitCode.OK;
  }

  private static String shown(Path path) {
    return Printable.text(path.toString());
  }
}
