package dev.puck.service.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up logback: to standard error, as text or JSON. Called once, first thing in a process. */
public final class Logging {
  /** How a line looks. */
  public enum Format {
    /** For people: time, level, logger, message, keys and values. */
    TEXT,
    /** For collectors: one JSON object on a line. */
    JSON
  }

  /** An event is one line, whatever a value holds: the blank after a message without keys goes. */
  private static final String PATTERN =
      "%d{HH:mm:ss.SSS} %-5level %logger{0} "
          + "%replace(%replace(%msg %kvp){'\\s*[\\r\\n]+\\s*', ' '}){' +$', ''}%n";

  private static final String PATTERN_WITHOUT_TRACE = PATTERN + "%nopex";

  private Logging() {}

  /**
   * Replaces whatever was set up before.
   *
   * @param verbose shows stack traces and Puck's own debug messages, and lets libraries warn
   */
  public static void configure(Format format, Level level, boolean verbose) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder(context, format, verbose));
    appender.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    // Kafka's clients warn several times a second while a broker is away; Puck says it once.
    root.setLevel(verbose ? Level.WARN : Level.ERROR);
    // It logs what it throws to us as well.
    context.getLogger("io.javalin").setLevel(verbose ? Level.WARN : Level.OFF);
    // It tells of each of its attempts while the database is away; Puck says it once.
    context.getLogger("com.github.kagkarlsson").setLevel(verbose ? Level.WARN : Level.OFF);
    context.getLogger("dev.puck").setLevel(verbose && !showsDebug(level) ? Level.DEBUG : level);
    // PostgreSQL's driver logs through the JDK, which writes to standard error by itself.
    java.util.logging.Logger.getLogger("")
        .setLevel(verbose ? java.util.logging.Level.WARNING : java.util.logging.Level.SEVERE);
  }

  private static boolean showsDebug(Level level) {
    return Level.DEBUG.isGreaterOrEqual(level);
  }

  private static Encoder<ILoggingEvent> encoder(
      LoggerContext context, Format format, boolean verbose) {
    Encoder<ILoggingEvent> encoder = format == Format.JSON ? json() : text(verbose);
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  /** Without what means something only inside this process. */
  private static Encoder<ILoggingEvent> json() {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setWithSequenceNumber(false);
    encoder.setWithContext(false);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    return encoder;
  }

  private static Encoder<ILoggingEvent> text(boolean verbose) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setPattern(verbose ? PATTERN : PATTERN_WITHOUT_TRACE);
    return encoder;
  }
}
