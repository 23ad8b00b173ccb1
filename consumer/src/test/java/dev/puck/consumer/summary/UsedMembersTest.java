package dev.puck.consumer.summary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsedMembersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select * from jsonb_to_recordset(:events) as e(a int, b jsonb)      | a,b",
        "select * from jsonb_to_recordset(:events) e(After jsonb)            | after",
        "select * from Pg_Catalog.JSONB_TO_RECORDSET ( :events ) AS \"E\"(a int) | a",
        "select * from jsonb_to_recordset(:events) e(n numeric(10,2), \"B b\" text collate \"C\") | n,B b",
        "select * from rows from (jsonb_to_recordset(:events) as (a int, b x.y[])) as e | a,b",
        "select * from jsonb_to_recordset(/* all */ :events) /* -- */ as e(a int) | a",
      })
  void shouldFindThem(String sql, String members) {
    assertThat(UsedMembers.of(sql).orElseThrow()).containsExactly(members.split(","));
  }

  @Test
  void shouldFindThoseOfEveryUse() {
    assertThat(
            UsedMembers.of(
                "with a as (select * from jsonb_to_recordset(:events) as e(a int, b int)) select"
                    + " from a, jsonb_to_recordset(:events) as f(b int, c int)"))
        .hasValueSatisfying(used -> assertThat(used).containsExactly("a", "b", "c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select jsonb_array_elements(:events)",
        "select * from jsonb_to_recordset(:events) as e(a int) where :events is not null",
        "select * from mine.jsonb_to_recordset(:events) as e(a int)",
        "select * from jsonb_to_recordset(f(:events)) as e(a int)",
        "select * from jsonb_to_recordset(:events || '[]') as e(a int)",
        "select * from jsonb_to_recordset(:events) as e(U&\"d\\0061t\" int)",
        "select * from jsonb_to_recordset(:events) as U&\"e\"(a int)",
        "select * from jsonb_to_recordset(:events) as e(é int)",
        "select * from jsonb_to_recordset(:events) as e(\"a\"\"b\" int)",
        "select * from jsonb_to_recordset(:events) as e(a int",
        "select * from jsonb_to_recordset(:events) as e()",
        "select * from jsonb_to_recordset(:events)",
        "select * from jsonb_to_recordset(:events",
        ":events"
      })
  void shouldTakeWhatItDoesNotUnderstandForAUseOfAll(String sql) {
    assertThat(UsedMembers.of(sql)).isEmpty();
  }
}
