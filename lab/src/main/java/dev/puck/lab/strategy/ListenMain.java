package dev.puck.lab.strategy;

import dev.puck.lab.process.ParentLine;
import java.sql.SQLException;

/** The main class of a {@link ListenService}, which runs until its standard input ends. */
final class ListenMain {
  private ListenMain() {}

  /** Takes the URL of the database, the role and its password. */
  public static void main(String[] arguments) throws SQLException {
    ParentLine parent = new ParentLine();
    Thread service =
        new Thread(
            new ListenService(
                arguments[0],
                arguments[1],
                arguments[2],
                () -> parent.tell(ListenStrategy.STARTED)),
            "listen-service");
    service.setDaemon(true);
    service.start();
    parent.awaitEnd();
  }
}
