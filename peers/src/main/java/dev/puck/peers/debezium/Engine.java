package dev.puck.peers.debezium;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.JsonByteArray;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/** Runs one engine in a thread of its own. */
final class Engine implements AutoCloseable {
  private final DebeziumEngine<ChangeEvent<byte[], byte[]>> engine;
  private final Thread thread;
  private final CountDownLatch polling = new CountDownLatch(1);

  private Engine(Properties properties, Forwarder forwarder) {
    this.engine =
        DebeziumEngine.create(JsonByteArray.class)
            .using(properties)
            .using(
                new DebeziumEngine.ConnectorCallback() {
                  @Override
                  public void pollingStarted() {
                    polling.countDown();
                  }
                })
            .using(
                (success, message, error) -> {
                  if (!success) {
                    System.err.println("The engine failed: " + message + ", " + error);
                    Runtime.getRuntime().halt(1);
                  }
                })
            .notifying(forwarder)
            .build();
    this.thread = new Thread(engine, "debezium");
  }

  /** Starts one, and returns when it polls. */
  static Engine start(Properties properties, Forwarder forwarder) throws InterruptedException {
    Engine engine = new Engine(properties, forwarder);
    engine.thread.start();
    engine.polling.await();
    return engine;
  }

  /** Ends it, and waits for that. */
  @Override
  public void close() throws IOException {
    engine.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
