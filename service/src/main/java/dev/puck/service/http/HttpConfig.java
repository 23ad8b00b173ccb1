package dev.puck.service.http;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Secret;
import dev.puck.service.config.Setting;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a process answers HTTP.
 *
 * @param port 0: any free port
 * @param token required off loopback
 * @param publicRead whether what changes nothing needs no token
 * @param peers the pipeline's other processes; without a slash at their ends
 */
public record HttpConfig(
    @Setting(value = "The address to listen on.", defaultValue = "127.0.0.1") String address,
    @Setting(value = "The port to listen on; 0 takes any free one.", defaultValue = "0") int port,
    @Setting(
            "The bearer token that everything but health and metrics asks for; required where the"
                + " address is not loopback.")
        @Nullable Secret token,
    @Setting(
            value =
                "Whether requests that change nothing (`GET`, `HEAD`) need no token, so that everybody"
                    + " who reaches the address reads caches, status and dead letters.",
            defaultValue = "false")
        boolean publicRead,
    @Setting(
            "The addresses of the pipeline's other processes, such as `http://127.0.0.1:8081`. The"
                + " console draws them beside this one; while somebody looks, it asks them for their"
                + " status, with this process's token.")
        List<String> peers) {
  private static final Pattern LOOPBACK_NUMBER = Pattern.compile("127(?:\\.\\d{1,3}){3}");

  /** No path and no user: the one is known, the other would be shown to whoever looks. */
  private static final Pattern PEER =
      Pattern.compile("https?://[\\w.-]+(:\\d{1,5})?|https?://\\[[\\p{XDigit}:.]+](:\\d{1,5})?");

  /** What an HTTP header can carry unchanged. */
  private static final Pattern TOKEN = Pattern.compile("[!-~]{16,}");

  public HttpConfig {
    peers = List.copyOf(peers);
    Problems problems = new Problems();
    for (int i = 0; i < peers.size(); i++) {
      problems.check(
          PEER.matcher(peers.get(i)).matches(),
          "peers[%d]".formatted(i),
          "is '%s', which is no address like http://127.0.0.1:8081".formatted(peers.get(i)));
    }
    problems
        .range("port", port, 0, 65_535)
        .notBlank("address", address)
        .check(
            token != null || isLoopback(address),
            "token",
            "is missing, and address is '"
                + address
                + "'. Set a token, or listen on 127.0.0.1 only.")
        .check(
            token == null || TOKEN.matcher(token.reveal()).matches(),
            "token",
            "cannot be used; it must be 16 or more letters, digits or signs of ASCII without"
                + " blanks, such as `openssl rand -hex 16` gives.")
        .throwIfAny();
  }

  /** One whose reads need the token as well, if there is one. */
  public HttpConfig(String address, int port, @Nullable Secret token) {
    this(address, port, token, false, List.of());
  }

  /** Whether only this machine reaches an address, which may be a name. */
  static boolean isLoopback(String address) {
    return address.equals("localhost")
        || address.equals("::1")
        || LOOPBACK_NUMBER.matcher(address).matches(); // a name may begin with 127. too
  }
}
