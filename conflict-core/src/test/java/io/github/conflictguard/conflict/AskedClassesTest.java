package io.github.conflictguard.conflict;

import static io.github.conflictguard.conflict.Classified.kindOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.conflictguard.classify.ConflictClassifiers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.naming.ContextNotEmptyException;
import javax.naming.NameAlreadyBoundException;
import javax.naming.NameNotFoundException;
import javax.naming.OperationNotSupportedException;
import javax.naming.directory.AttributeInUseException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exceptions whose class alone does not tell, and those of the JDK. */
class AskedClassesTest {

  @ParameterizedTest
  @CsvSource({
    "11000, DUPLICATE_KEY",
    "11001, DUPLICATE_KEY",
    "12582, DUPLICATE_KEY",
    "112, TRANSIENT",
    "24, LOCKED",
    "50, ",
    "121, ", // document failed validation
  })
  void codeOfMongoDecides(int code, ConflictKind kind) throws Exception {
    assertEquals(kind, kindOf(asked("com.mongodb.MongoException", Map.of("getCode", code))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "E11000 duplicate key error collection: shop.customer index: email_1 dup key: { email: \"x\" } | email_1",
        "E11000 duplicate key error index: shop.customer.$email_1  dup key: { : \"x\" } | email_1",
        "E11000 duplicate key error collection: c index: email_1 dup key: { email: \" index: fake dup key: \" } | email_1",
        "Write operation error on server db:27017. Write error: WriteError{code=11000, message='E11000 duplicate key error collection: c index: email_1 dup key: { email: \"x\" }', details={}}. | email_1",
        "duplicate { index: fake dup key: } | ",
      })
  void indexOfMongoIsNamed(String message, String index) throws Exception {
    Throwable thrown =
        asked("com.mongodb.MongoException", Map.of("getCode", 11000, "getMessage", message));

    assertEquals(
        Conflict.of(ConflictKind.DUPLICATE_KEY, index),
        ConflictClassifiers.standard().conflictIn(thrown));
  }

  @Test
  void bulkWriteOfMongoIsWhatItsFirstKnownErrorIs() throws Exception {
    List<Object> errors = new ArrayList<>();
    for (int code : new int[] {121, 11000}) {
      errors.add(
          NamedClass.instance(
              Object.class, "com.mongodb.bulk.BulkWriteError", Map.of("getCode", code)));
    }
    Throwable bulk =
        asked("com.mongodb.MongoException", Map.of("getCode", -3, "getWriteErrors", errors));

    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(bulk));
  }

  @Test
  void bulkWriteOfSeveralCollectionsOfMongoHasItsErrorsByPlace() throws Exception {
    Object error =
        NamedClass.instance(Object.class, "com.mongodb.WriteError", Map.of("getCode", 11000));

    assertEquals(
        ConflictKind.DUPLICATE_KEY,
        kindOf(
            asked(
                "com.mongodb.MongoException",
                Map.of("getCode", -3, "getWriteErrors", Map.of(7, error)))));
  }

  @ParameterizedTest
  @CsvSource({
    "409, DUPLICATE_KEY",
    "412, STALE_VERSION",
    "423, LOCKED",
    "449, TRANSIENT",
    "404, ",
    "429, ",
  })
  void statusOfCosmosDecides(int status, ConflictKind kind) throws Exception {
    assertEquals(
        kind, kindOf(asked("com.azure.cosmos.CosmosException", Map.of("getStatusCode", status))));
  }

  enum SpannerCode {
    ALREADY_EXISTS,
    ABORTED,
    FAILED_PRECONDITION
  }

  @ParameterizedTest
  @CsvSource({"ALREADY_EXISTS, DUPLICATE_KEY", "ABORTED, TRANSIENT", "FAILED_PRECONDITION, "})
  void codeOfSpannerDecidesAlsoInsideOfItsJdbcDriver(SpannerCode code, ConflictKind kind)
      throws Exception {
    Throwable thrown =
        asked("com.google.cloud.spanner.SpannerException", Map.of("getErrorCode", code));

    assertEquals(kind, kindOf(thrown));
    assertEquals(kind, kindOf(new SQLException("m", null, 6, thrown)));
  }

  @Test
  void deadlockOfResourceIsTransientAndItsOtherRollbacksAreNone() {
    assertEquals(ConflictKind.TRANSIENT, kindOf(new XAException(XAException.XA_RBDEADLOCK)));
    assertNull(kindOf(new XAException(XAException.XA_RBINTEGRITY)));
    assertNull(kindOf(new XAException(XAException.XAER_RMFAIL)));
  }

  @Test
  void failedCommitIsWhatItsResourceReported() throws Exception {
    Throwable rollback =
        NamedClass.throwable(Exception.class, "jakarta.transaction.RollbackException");
    XAException resource = new XAException(XAException.XA_RBINTEGRITY);
    resource.initCause(new SQLException("m", "23505"));
    rollback.addSuppressed(resource);

    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(new RuntimeException(rollback)));
  }

  @Test
  void statusOfSearchEnginesDecides() throws Exception {
    String client = "co.elastic.clients.elasticsearch._types.ElasticsearchException";

    assertEquals(ConflictKind.STALE_VERSION, kindOf(asked(client, Map.of("status", 409))));
    assertNull(kindOf(asked(client, Map.of("status", 400))));
  }

  @Test
  void statusOfSearchEnginesMayBeFurtherInside() throws Exception {
    Object line = NamedClass.instance(Object.class, "x.Line", Map.of("getStatusCode", 409));
    Object response =
        NamedClass.instance(Object.class, "x.Response", Map.of("getStatusLine", line));

    assertEquals(
        ConflictKind.STALE_VERSION,
        kindOf(
            asked("org.elasticsearch.client.ResponseException", Map.of("getResponse", response))));
  }

  @ParameterizedTest
  @CsvSource({
    "ConditionalCheckFailed, STALE_VERSION",
    "TransactionConflict, TRANSIENT",
    "ValidationError, ",
  })
  void reasonsOfCancelledDynamoTransactionDecide(String code, ConflictKind kind) throws Exception {
    List<Object> reasons = new ArrayList<>();
    for (String each : new String[] {"None", code}) {
      reasons.add(NamedClass.instance(Object.class, "x.Reason", Map.of("code", each)));
    }

    assertEquals(
        kind,
        kindOf(
            asked(
                "software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException",
                Map.of("cancellationReasons", reasons))));
  }

  @ParameterizedTest
  @CsvSource({"68, DUPLICATE_KEY", "20, DUPLICATE_KEY", "66, STILL_REFERENCED", "32, ", "53, "})
  void resultCodeOfLdapDecides(int code, ConflictKind kind) throws Exception {
    Object result = NamedClass.instance(Object.class, "x.ResultCode", Map.of("intValue", code));

    assertEquals(
        kind,
        kindOf(asked("com.unboundid.ldap.sdk.LDAPException", Map.of("getResultCode", result))));
  }

  @ParameterizedTest
  @CsvSource({
    "Neo.TransientError.Transaction.DeadlockDetected, TRANSIENT",
    "Neo.TransientError.General.DatabaseUnavailable, ",
    "Neo.ClientError.Schema.ConstraintValidationFailed, ",
  })
  void codeOfNeoDecides(String code, ConflictKind kind) throws Exception {
    assertEquals(
        kind, kindOf(asked("org.neo4j.driver.exceptions.Neo4jException", Map.of("code", code))));
  }

  @Test
  void namingExceptionsAreKnown() {
    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(new NameAlreadyBoundException()));
    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(new AttributeInUseException()));
    assertEquals(ConflictKind.STILL_REFERENCED, kindOf(new ContextNotEmptyException()));
    assertNull(kindOf(new NameNotFoundException()));
    assertNull(kindOf(new OperationNotSupportedException()));
  }

  @Test
  void fileThatExistsIsDuplicateAndFolderWithFilesIsStillReferenced(@TempDir Path folder)
      throws Exception {
    Files.createFile(folder.resolve("a"));

    assertEquals(
        ConflictKind.DUPLICATE_KEY,
        Classified.kindOfWhat(() -> Files.createFile(folder.resolve("a"))));
    assertEquals(ConflictKind.STILL_REFERENCED, Classified.kindOfWhat(() -> Files.delete(folder)));
    assertNull(Classified.kindOfWhat(() -> Files.delete(folder.resolve("b"))));
  }

  private static Throwable asked(String name, Map<String, ?> getters) throws Exception {
    return (Throwable) NamedClass.instance(RuntimeException.class, name, getters);
  }
}
