package dev.puck.lab.workload;

import dev.puck.lab.strategy.Reader;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Random;

/** Somebody who looks at one message after the other. Used by one thread. */
public final class ReadStep implements Step {
  private final Workload workload;
  private final Reader reader;
  private final Random random;

  /**
   * Takes over the reader.
   *
   * @param number tells it from the others
   */
  public ReadStep(Workload workload, Reader reader, int number) {
    this.workload = workload;
    this.reader = reader;
    this.random = new Random(-workload.seed() * 1_000 - number);
  }

  @Override
  public void run() throws SQLException, IOException, InterruptedException {
    reader.read(workload.message(random));
  }

  @Override
  public void close() {
    reader.close();
  }
}
