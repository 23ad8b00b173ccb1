package dev.puck.service.http;

/** The HTTP server could not listen, most often because another process does. */
public final class PortInUseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PortInUseException(HttpConfig config, Throwable cause) {
    super(
        "Cannot listen on "
            + HttpService.authority(config.address(), config.port())
            + ": the address is in use or not this machine's. Choose another http.port (0 takes any"
            + " free one), or stop the process that has it.",
        cause);
  }
}
