package dev.puck.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The user that PostgreSQL runs as: it refuses to be root.
 *
 * @param wrapper command to put before the server's own; empty for an ordinary user
 * @param ownsFiles whether the wrapped server still owns the files that we make
 */
record ServerUser(List<String> wrapper, boolean ownsFiles) {
  private static final String NOBODY = "65534";

  /** In a user namespace without a mapping we are nobody, and yet own what is ours. */
  private static final ServerUser IN_NAMESPACE = new ServerUser(List.of("unshare", "-U"), true);

  private static final List<ServerUser> ALTERNATIVES =
      List.of(
          IN_NAMESPACE,
          new ServerUser(
              List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"),
              false),
          new ServerUser(List.of("gosu", NOBODY + ":" + NOBODY), false),
          new ServerUser(List.of("su-exec", NOBODY + ":" + NOBODY), false));

  /** Ourselves, or the first other that works here when we are root. */
  static ServerUser find() {
    if (!CurrentUser.find().isRoot()) {
      return new ServerUser(List.of(), true);
    }
    return ALTERNATIVES.stream()
        .filter(user -> Program.succeeds(user.wrap(List.of("true"))))
        .findFirst()
        .orElseThrow(
            () ->
                new ServerException(
                    "PostgreSQL refuses to run as root, and none of unshare -U, setpriv, gosu and"
                        + " su-exec works here; run as an ordinary user"));
  }

  List<String> wrap(List<String> command) {
    List<String> wrapped = new ArrayList<>(wrapper);
    wrapped.addAll(command);
    return wrapped;
  }

  /** Gives the directory to the server, and to it alone. */
  void own(Path directory) {
    Directories.setPermissions(directory, "rwx------");
    if (!ownsFiles
        && !Program.succeeds(List.of("chown", "-R", NOBODY + ":" + NOBODY, directory.toString()))) {
      throw new ServerException("Cannot give " + directory + " to user " + NOBODY);
    }
  }
}
