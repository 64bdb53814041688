package io.github.conflictguard.recorder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is remembered, and what makes it be forgotten. */
class RecorderTest {

  private final Exception noted = new Exception("noted");
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:");
    statement = connection.createStatement();
    Recorder.begin();
    Recorder.note(noted);
  }

  @AfterEach
  void disconnect() throws SQLException {
    Recorder.end();
    connection.close();
  }

  @Test
  void whatIsMadeBetweenRequestsIsNotNoted() {
    Recorder.end();
    Recorder.note(noted);
    assertNoted();
    Recorder.begin();
    assertNoted();
  }

  @Test
  void aRecordingThatNobodyEndedDoesNotGoOn() {
    Recorder.begin();
    assertNoted();
  }

  @Test
  void whateverConstructorsCallItIsNotedOnce() {
    Recorder.note(noted);
    assertNoted(noted);
  }

  @Test
  void aChangeThatLastsByItselfMakesItForget() {
    Recorder.updated(1, statement);
    assertNoted();
  }

  @Test
  void aStatementThatChangesNothingDoesNot() {
    Recorder.updated(0, statement);
    assertNoted(noted);
  }

  @Test
  void inATransactionTheCommitDoes() throws SQLException {
    connection.setAutoCommit(false);
    Recorder.updated(1, statement);
    assertNoted(noted);
    Recorder.committed();
    assertNoted();
  }

  @Test
  void aCommitOfNothingDoesNot() {
    Recorder.committed();
    assertNoted(noted);
  }

  @Test
  void aCommitAfterARollbackDoesNot() throws SQLException {
    connection.setAutoCommit(false);
    Recorder.updated(1, statement);
    Recorder.rolledBack();
    Recorder.committed();
    assertNoted(noted);
  }

  /** What was stored before says nothing of what failed after it. */
  @Test
  void aCommitOfChangesFromBeforeDoesNot() throws SQLException {
    connection.setAutoCommit(false);
    Recorder.updated(1, statement);
    Exception later = new Exception("later");
    Recorder.note(later);
    Recorder.committed();
    assertNoted(noted, later);
  }

  @Test
  void whoeverCannotBeAskedIsTakenForATransaction() throws SQLException {
    connection.close();
    Recorder.updated(1, statement);
    assertNoted(noted);
    Recorder.updated(1, "no statement");
    Recorder.committed();
    assertNoted();
  }

  @Test
  void afterForgettingItGoesOn() {
    Recorder.stored();
    Recorder.note(noted);
    assertNoted(noted);
  }

  @Test
  void ofMoreThanTheLimitTheNewestAreKept() {
    List<Throwable> all = new ArrayList<>(List.of(noted));
    for (int i = 0; i < 2 * Recorder.LIMIT; i++) {
      Exception next = new Exception("next");
      Recorder.note(next);
      all.add(next);
    }
    Throwable[] kept = Recorder.end();
    assertEquals(Recorder.LIMIT, kept.length);
    for (int i = 0; i < kept.length; i++) {
      assertSame(all.get(all.size() - kept.length + i), kept[i]);
    }
  }

  @Test
  void anotherThreadHasAnotherOne() throws Exception {
    Thread other = new Thread(() -> Recorder.note(new Exception("other")));
    other.start();
    other.join();
    assertNoted(noted);
  }

  private static void assertNoted(Throwable... expected) {
    assertArrayEquals(expected, Recorder.soFar());
  }
}
