package io.github.conflictguard.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements certainly change nothing. */
class SqlTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from customer where id = ?",
        "  SELECT max(id) FROM customer FOR UPDATE",
        "select 1 from customer for no key update",
        "with c as (select * from customer) select * from c",
        "values 1",
      })
  void queriesAreReads(String sql) {
    assertTrue(SqlText.isPlainRead(sql), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "insert into customer values (1) returning id",
        "update customer set name = ? returning version",
        "with moved as (delete from a returning *) select * from moved",
        "select * into copy from customer",
        "select next_number('order')",
        "call book(?)",
        "{call book(?)}",
        "{? = call book(?)}",
        "set names utf8",
        "create table x (id int)",
      })
  void everythingElseMayChangeData(String sql) {
    assertFalse(SqlText.isPlainRead(sql), sql);
  }

  @ParameterizedTest
  @ValueSource(strings = {"commit", " COMMIT; ", "Commit Work", "end"})
  void commitsAreRecognized(String sql) {
    assertTrue(SqlText.isCommit(sql), sql);
    assertFalse(SqlText.isCommit("insert into log values ('" + sql + "')"));
  }
}
