package dev.puck.cli.demo.play;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the user of each speaker, by uname or nickname and without regard to case, and makes one
 * where there is none.
 *
 * <p>Knows the users as they were when it was made: the caller keeps others from adding any.
 */
final class Cast implements AutoCloseable {
  private static final String USERS =
      "select userid, uname, nickname from tweet.users order by userid";

  private static final String NEW_USER =
      "insert into tweet.users (uname) values (?) returning userid";

  private final KnownPlay play;
  private final PreparedStatement insert;
  private final Map<String, Long> useridByUname = new HashMap<>();
  private final Map<String, Long> useridByNickname = new HashMap<>();
  private final Set<Long> members = new HashSet<>();

  Cast(KnownPlay play, Connection connection) throws SQLException {
    this.play = play;
    readUsers(connection);
    this.insert = connection.prepareStatement(NEW_USER);
  }

  /** Says who speaks under this name, and counts them in. */
  long useridOf(String speaker) throws SQLException {
    String name = play.corrected(speaker);
    Long userid = find(SpeakerName.key(name));
    if (userid == null) {
      userid = add(SpeakerName.readable(name));
    }
    members.add(userid);
    return userid;
  }

  /** How many users have been asked for so far. */
  int size() {
    return members.size();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
  }

  private @Nullable Long find(String key) {
    Long userid = useridByUname.get(key);
    return userid != null ? userid : useridByNickname.get(key);
  }

  private long add(String uname) throws SQLException {
    insert.setString(1, uname);
    try (ResultSet row = insert.executeQuery()) {
      row.next();
      long userid = row.getLong(1);
      useridByUname.put(SpeakerName.key(uname), userid);
      return userid;
    }
  }

  private void readUsers(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(USERS)) {
      while (row.next()) {
        long userid = row.getLong("userid");
        useridByUname.putIfAbsent(SpeakerName.key(row.getString("uname")), userid);
        String nickname = row.getString("nickname");
        if (nickname != null) {
          useridByNickname.putIfAbsent(SpeakerName.key(nickname), userid);
        }
      }
    }
  }
}
