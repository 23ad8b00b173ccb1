package dev.puck.bridge.publisher.kafka;

import dev.puck.bridge.publisher.FencedException;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.util.List;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** Tells what a transaction's failure asks for: another setting, to make way, or to try again. */
final class TransactionFailure {
  /** What a broker answers that takes none so long; it comes without a type of its own. */
  private static final String TIMEOUT_REFUSED = "transaction timeout is larger";

  private static final List<Class<? extends Throwable>> FENCED =
      List.of(ProducerFencedException.class, InvalidProducerEpochException.class);
  private static final List<Class<? extends Throwable>> REFUSED =
      List.of(
          AuthorizationException.class,
          AuthenticationException.class,
          UnsupportedVersionException.class);

  private final String address;
  private final String transactionalId;

  TransactionFailure(String address, String transactionalId) {
    this.address = address;
    this.transactionalId = transactionalId;
  }

  /** What is known when Kafka gave no answer, or another than wanted. */
  enum Step {
    OPENING("Kafka at %s did not take this publisher on (%s); starting again."),
    PUBLISHING(
        "Kafka at %s failed while a transaction was open (%s); starting again from what Kafka says."),
    COMMITTING(
        "Whether Kafka at %s committed is not known (%s); starting again from what Kafka says.");

    private final String message;

    Step(String message) {
      this.message = message;
    }
  }

  /** The failure as its catcher should see it. */
  RuntimeException of(Step step, Throwable cause) {
    if (find(cause, FENCED) != null) {
      return new FencedException(
          "Another process publishes as '"
              + transactionalId
              + "', or a transaction took longer than transaction.timeout.ms; starting again from"
              + " what Kafka says.",
          cause);
    }
    @Nullable Throwable refusal = find(cause, REFUSED);
    if (refusal != null) {
      return refused(refusal, cause);
    }
    if (String.valueOf(cause.getMessage()).contains(TIMEOUT_REFUSED)) {
      return new ConfigException(
          "Kafka at "
              + address
              + " refuses transaction.timeout.ms ("
              + cause.getMessage()
              + "). Lower it in kafka.properties, or raise the brokers' transaction.max.timeout.ms.",
          cause);
    }
    return new TransientException(String.format(step.message, address, reason(cause)), cause);
  }

  /** The broker's word against what we read of the topic. */
  static TransientException tooLarge(OutgoingEvent event) {
    return new TransientException(
        "Kafka refused a record of "
            + SizeLimits.sizeInBytes(event)
            + " bytes, which max.message.bytes of topic '"
            + event.topic()
            + "' allowed when it was read; starting again with what it is now.");
  }

  private ConfigException refused(Throwable refusal, Throwable cause) {
    String fix =
        refusal instanceof TransactionalIdAuthorizationException
            ? "Allow its user Write and Describe on transactional id '" + transactionalId + "'."
            : "Check the user's rights and kafka.properties.";
    return new ConfigException(
        "Kafka at " + address + " refuses a transaction (" + refusal.getMessage() + "). " + fix,
        cause);
  }

  /** The message of the first cause that says what happened: those around it say where. */
  private static String reason(Throwable failure) {
    @Nullable Throwable api = find(failure, List.of(ApiException.class));
    return String.valueOf((api == null ? failure : api).getMessage());
  }

  private static @Nullable Throwable find(
      Throwable failure, List<Class<? extends Throwable>> wanted) {
    for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
      Throwable candidate = each;
      if (wanted.stream().anyMatch(type -> type.isInstance(candidate))) {
        return each;
      }
    }
    return null;
  }
}
