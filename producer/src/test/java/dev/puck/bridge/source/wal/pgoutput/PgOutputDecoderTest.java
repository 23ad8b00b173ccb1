package dev.puck.bridge.source.wal.pgoutput;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgOutputDecoderTest {
  private static final int OID = 0x9000_0001; // Identifiers are unsigned.
  private static final long UNSIGNED_OID = 0x9000_0001L;
  private static final long LSN = 0xF000_0000_0000_0010L;
  private static final long YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli() * 1000;

  private final PgOutputDecoder decoder = new PgOutputDecoder();

  @Test
  void shouldDecodeTheBoundsOfATransaction() {
    assertThat(decode(MessageBytes.of('B').int64(LSN).int64(7).int32(-2)))
        .isEqualTo(new Begin(LSN, YEAR_2000 + 7, 0xFFFF_FFFEL));
    assertThat(decode(MessageBytes.of('C').int8(0).int64(LSN).int64(LSN + 8).int64(-7)))
        .isEqualTo(new Commit(LSN, LSN + 8, YEAR_2000 - 7));
    assertThat(decode(MessageBytes.of('O').int64(LSN).string("elsewhere")))
        .isEqualTo(new OriginName(LSN, "elsewhere"));
    assertThat(decode(MessageBytes.of('A').int32(OID).int32(7)))
        .isEqualTo(new StreamAbort(UNSIGNED_OID, 7));
  }

  @Test
  void shouldDecodeDefinitions() {
    assertThat(decode(MessageBytes.of('Y').int32(OID).string("öffentlich").string("mood")))
        .isEqualTo(new TypeDefinition(UNSIGNED_OID, "öffentlich", "mood"));
    assertThat(decode(MessageBytes.relation(OID)))
        .isEqualTo(
            new RelationDefinition(
                UNSIGNED_OID,
                "public",
                "t",
                ReplicaIdentity.DEFAULT,
                List.of(
                    new ColumnDefinition(true, "id", 23, -1),
                    new ColumnDefinition(false, "näme \"x\"", 1043, 24))));
  }

  @Test
  void shouldNameTheSchemaThatIsNotTold() {
    // When
    RelationDefinition relation =
        (RelationDefinition)
            decode(MessageBytes.of('R').int32(OID).string("").string("t").letter('i').int16(0));

    // Then
    assertThat(relation.schema()).isEqualTo("pg_catalog");
    assertThat(relation.replicaIdentity()).isEqualTo(ReplicaIdentity.INDEX);
    assertThat(relation.columns()).isEmpty();
  }

  @Test
  void shouldDecodeAnInsert() {
    // Given
    decode(MessageBytes.relation(OID));

    // When
    Insert insert = (Insert) decode(MessageBytes.of('I').int32(OID).tuple('N', "42", "añ\0b"));

    // Then
    assertThat(insert.relation().oid()).isEqualTo(UNSIGNED_OID);
    Tuple after = insert.after();
    assertThat(after.size()).isEqualTo(2);
    assertThat(after.text(0)).isEqualTo("42");
    assertThat(after.text(1)).isEqualTo("añ\0b");
    assertThat(after.length(1)).isEqualTo(5);
    assertThat(new String(after.bytes(), after.offset(0), 2, StandardCharsets.UTF_8))
        .isEqualTo("42");
  }

  @Test
  void shouldTellNullFromUnchangedAndEmpty() {
    // Given
    decode(MessageBytes.relation(OID));

    // When
    Tuple tuple = ((Insert) decode(MessageBytes.of('I').int32(OID).tuple('N', null, "?"))).after();
    Tuple empty = ((Insert) decode(MessageBytes.of('I').int32(OID).tuple('N', "", ""))).after();

    // Then
    assertThat(tuple.isNull(0)).isTrue();
    assertThat(tuple.isUnchanged(0)).isFalse();
    assertThat(tuple.text(0)).isNull();
    assertThat(tuple.isNull(1)).isFalse();
    assertThat(tuple.isUnchanged(1)).isTrue();
    assertThat(tuple.text(1)).isNull();
    assertThat(empty.isNull(0)).isFalse();
    assertThat(empty.text(0)).isEmpty();
  }

  @Test
  void shouldDecodeUpdatesWithAndWithoutTheRowBefore() {
    // Given
    decode(MessageBytes.relation(OID));

    // When
    Update bare = (Update) decode(MessageBytes.of('U').int32(OID).tuple('N', "1", "a"));
    Update keyed =
        (Update) decode(MessageBytes.of('U').int32(OID).tuple('K', "1", null).tuple('N', "2", "a"));
    Update whole =
        (Update) decode(MessageBytes.of('U').int32(OID).tuple('O', "1", "b").tuple('N', "1", "a"));

    // Then
    assertThat(bare.before()).isNull();
    assertThat(bare.after().text(1)).isEqualTo("a");
    assertThat(before(keyed).whole()).isFalse();
    assertThat(before(keyed).values().text(0)).isEqualTo("1");
    assertThat(keyed.after().text(0)).isEqualTo("2");
    assertThat(before(whole).whole()).isTrue();
    assertThat(before(whole).values().text(1)).isEqualTo("b");
  }

  @Test
  void shouldDecodeDeletions() {
    // Given
    decode(MessageBytes.relation(OID));

    // When
    Delete keyed = (Delete) decode(MessageBytes.of('D').int32(OID).tuple('K', "1", null));
    Delete whole = (Delete) decode(MessageBytes.of('D').int32(OID).tuple('O', "1", "b"));

    // Then
    assertThat(keyed.before().whole()).isFalse();
    assertThat(whole.before().whole()).isTrue();
    assertThat(whole.before().values().text(1)).isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shouldDecodeATruncateOfSeveral(int flags) {
    // Given
    decode(MessageBytes.relation(1));
    decode(MessageBytes.relation(2));

    // When
    Truncate truncate =
        (Truncate) decode(MessageBytes.of('T').int32(2).int8(flags).int32(2).int32(1));

    // Then
    assertThat(truncate.relations()).extracting(RelationDefinition::oid).containsExactly(2L, 1L);
    assertThat(truncate.cascade()).isEqualTo((flags & 1) != 0);
    assertThat(truncate.restartIdentity()).isEqualTo((flags & 2) != 0);
  }

  @Test
  void shouldDecodeMessagesOfAnyContent() {
    // Given
    byte[] content = {0, 1, (byte) 0xff};

    // When
    LogicalMessage message =
        (LogicalMessage)
            decode(MessageBytes.of('M').int8(1).int64(LSN).string("puck:c").int32(3).raw(content));
    LogicalMessage empty =
        (LogicalMessage) decode(MessageBytes.of('M').int8(0).int64(LSN).string("").int32(0));

    // Then
    assertThat(message.transactional()).isTrue();
    assertThat(message.lsn()).isEqualTo(LSN);
    assertThat(message.prefix()).isEqualTo("puck:c");
    assertThat(message.content().toByteArray()).isEqualTo(content);
    assertThat(empty.transactional()).isFalse();
    assertThat(empty.content().text()).isEmpty();
  }

  @Test
  void shouldUseARelationAsItWasDefinedLast() {
    // Given
    decode(MessageBytes.relation(OID));
    Insert before = (Insert) decode(MessageBytes.of('I').int32(OID).tuple('N', "1", "a"));

    // When
    decode(
        MessageBytes.of('R')
            .int32(OID)
            .string("public")
            .string("renamed")
            .letter('f')
            .int16(1)
            .column(1, "id", 20, -1));
    Insert after = (Insert) decode(MessageBytes.of('I').int32(OID).tuple('N', "1"));

    // Then
    assertThat(before.relation().name()).isEqualTo("t");
    assertThat(after.relation().name()).isEqualTo("renamed");
    assertThat(after.relation().replicaIdentity()).isEqualTo(ReplicaIdentity.FULL);
  }

  @Test
  void shouldReadAnyBufferWithoutMovingIt() {
    // Given
    byte[] message = MessageBytes.of('O').int64(1).string("o").toByteArray();
    byte[] within = new byte[message.length + 5];
    System.arraycopy(message, 0, within, 3, message.length);
    ByteBuffer slice = ByteBuffer.wrap(within, 2, message.length + 1).slice().position(1);
    ByteBuffer readOnly = ByteBuffer.wrap(message).asReadOnlyBuffer();
    ByteBuffer direct = ByteBuffer.allocateDirect(message.length).put(message).flip();

    // When, Then
    for (ByteBuffer each : List.of(slice, readOnly, direct)) {
      int position = each.position();
      assertThat(decoder.decode(each)).isEqualTo(new OriginName(1, "o"));
      assertThat(each.position()).isEqualTo(position);
    }
  }

  private PgOutputMessage decode(MessageBytes message) {
    return decoder.decode(message.buffer());
  }

  private static OldTuple before(Update update) {
    return requireNonNull(update.before());
  }
}
