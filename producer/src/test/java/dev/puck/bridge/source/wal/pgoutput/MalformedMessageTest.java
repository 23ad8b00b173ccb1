package dev.puck.bridge.source.wal.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is no message is refused with its type and the place, whatever it is. */
class MalformedMessageTest {
  private static final List<MessageBytes> MESSAGES =
      List.of(
          MessageBytes.of('B').int64(1).int64(7).int32(2),
          MessageBytes.of('C').int8(0).int64(1).int64(2).int64(7),
          MessageBytes.of('O').int64(1).string("elsewhere"),
          MessageBytes.of('A').int32(7).int32(8),
          MessageBytes.of('Y').int32(1).string("public").string("mood"),
          MessageBytes.relation(1),
          MessageBytes.of('I').int32(1).tuple('N', "1", "text"),
          MessageBytes.of('U').int32(1).tuple('O', "1", null).tuple('N', "2", "?"),
          MessageBytes.of('D').int32(1).tuple('K', "1", null),
          MessageBytes.of('T').int32(2).int8(3).int32(1).int32(1),
          MessageBytes.of('M').int8(1).int64(1).string("p").int32(2).raw(new byte[2]));

  private final PgOutputDecoder decoder = new PgOutputDecoder();

  @Test
  void shouldRefuseEveryMessageThatIsCutOff() {
    decoder.decode(MessageBytes.relation(1).buffer());
    for (MessageBytes each : MESSAGES) {
      byte[] whole = each.toByteArray();
      decoder.decode(each.buffer());
      for (int length = 1; length < whole.length; length++) {
        assertRefused(Arrays.copyOf(whole, length), "type '" + (char) whole[0] + "'");
      }
    }
    assertRefused(new byte[0], "1 bytes are missing, at byte 0");
  }

  @Test
  void shouldRefuseWhatFollowsTheEnd() {
    decoder.decode(MessageBytes.relation(1).buffer());
    for (MessageBytes each : MESSAGES) {
      byte[] whole = each.toByteArray();
      assertRefused(
          Arrays.copyOf(whole, whole.length + 3), "3 bytes too many, at byte " + whole.length);
    }
  }

  @Test
  void shouldSayWhatIsWrong() {
    decoder.decode(MessageBytes.relation(1).buffer());
    assertRefused(MessageBytes.of('S').int32(1), "of type 'S': no such type");
    assertRefused(MessageBytes.of('\1'), "of type 0x01");
    assertRefused(MessageBytes.of('I').int32(-1), "relation 4294967295, which was not defined");
    assertRefused(
        MessageBytes.of('I').int32(1).tuple('N', "1"),
        "a tuple of 1 values, where relation public.t has 2 columns, at byte 8");
    assertRefused(MessageBytes.of('I').int32(1).tuple('O', "1", "2"), "kind 'O' instead of 'N'");
    assertRefused(MessageBytes.of('D').int32(1).tuple('N', "1", "2"), "instead of 'K' or 'O'");
    assertRefused(MessageBytes.of('U').int32(1).tuple('K', "1", "2").letter('K'), "instead of 'N'");
    assertRefused(
        MessageBytes.of('I').int32(1).letter('N').int16(2).letter('b'), "without the option");
    assertRefused(MessageBytes.of('I').int32(1).letter('N').int16(2).letter('x'), "of kind 'x'");
    assertRefused(
        MessageBytes.of('I').int32(1).letter('N').int16(2).letter('t').int32(-1), "a length of -1");
    assertRefused(
        MessageBytes.of('R').int32(1).string("s").string("t").letter('x'),
        "replica identity is 'x'");
    assertRefused(MessageBytes.of('T').int32(Integer.MAX_VALUE).int8(0), "bytes are missing");
  }

  @Test
  void shouldNotReadBeyondTheMessageInItsArray() {
    // Given
    byte[] longer = MessageBytes.of('O').int64(1).string("elsewhere").toByteArray();

    // When, Then
    assertThatThrownBy(() -> decoder.decode(ByteBuffer.wrap(longer, 0, longer.length - 4)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("a text without end");
  }

  @Test
  void shouldThrowNothingElseAtGarbage() {
    long seed = System.nanoTime();
    System.out.println("MalformedMessageTest seed " + seed);
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = MESSAGES.get(random.nextInt(MESSAGES.size())).toByteArray();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        decoder.decode(ByteBuffer.wrap(bytes));
      } catch (MalformedMessageException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10_000);
  }

  private void assertRefused(MessageBytes message, String problem) {
    assertRefused(message.toByteArray(), problem);
  }

  private void assertRefused(byte[] message, String problem) {
    assertThatThrownBy(() -> decoder.decode(ByteBuffer.wrap(message)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining(problem);
  }
}
