package dev.puck.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A data directory, and the programs and the user to run PostgreSQL on it. */
final class PostgresCluster {
  private static final String ACCESS_RULES =
      """
      # type database    user     address      method
      host   all         postgres 127.0.0.1/32 trust
      host   replication postgres 127.0.0.1/32 trust
      host   all         all      127.0.0.1/32 scram-sha-256
      host   replication all      127.0.0.1/32 scram-sha-256
      """;

  private final PostgresBinaries binaries;
  private final ServerUser user;
  private final Path data;
  private final LogFile log;

  PostgresCluster(PostgresBinaries binaries, ServerUser user, Path data, LogFile log) {
    this.binaries = binaries;
    this.user = user;
    this.data = data;
    this.log = log;
  }

  /** Runs initdb on a directory that no initdb has finished with. */
  void createIfMissing() {
    if (Files.exists(accessRules())) {
      return;
    }
    Directories.delete(data);
    Directories.create(data);
    user.own(data);
    initialise();
    writeAccessRules();
  }

  List<String> serverCommand(List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of(binaries.program("postgres"), "-D", data.toString()));
    command.add("--hba_file=" + accessRules());
    command.addAll(arguments);
    return user.wrap(command);
  }

  /** Whether the server with this process id says, in its lock file, that it takes connections. */
  boolean isReady(long processId) {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      return lines.size() >= 8
          && lines.get(0).strip().equals(Long.toString(processId))
          && lines.get(7).strip().equals("ready");
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void initialise() {
    List<String> command =
        List.of(
            binaries.program("initdb"),
            "--pgdata=" + data,
            "--username=postgres",
            "--auth=scram-sha-256",
            "--auth-local=trust",
            "--auth-host=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-sync",
            "--no-instructions");
    int status = Program.run(user.wrap(command), log);
    if (status != 0) {
      throw new ServerException(
          "initdb ended with status %d. Its log %s ends with:%n%s"
              .formatted(status, log.path(), log.tail()));
    }
  }

  /** Written last: with this file the cluster counts as made. */
  private void writeAccessRules() {
    try {
      Files.writeString(accessRules(), ACCESS_RULES);
      user.own(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path accessRules() {
    return data.resolve("puck_hba.conf");
  }
}
