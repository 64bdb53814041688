package io.github.conflictguard.classify;

import static io.github.conflictguard.conflict.Classified.kindOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.conflict.NamedClass;
import jakarta.persistence.EntityExistsException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.PessimisticLockException;
import jakarta.persistence.RollbackException;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.SQLException;
import org.hibernate.NonUniqueObjectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassEvidenceTest {

  @ParameterizedTest
  @CsvSource({
    "javax.persistence.OptimisticLockException, STALE_VERSION",
    "javax.persistence.EntityExistsException, DUPLICATE_KEY",
    "javax.persistence.PessimisticLockException, LOCKED",
    "javax.persistence.LockTimeoutException, LOCKED",
    "javax.persistence.PersistenceException, ",
    "javax.persistence.RollbackException, ",
    "javax.validation.ConstraintViolationException, ",
    "jakarta.validation.ConstraintViolationException, ",
    "javax.jcr.nodetype.ConstraintViolationException, ",
    "org.hibernate.OptimisticLockException, STALE_VERSION",
    "org.hibernate.exception.TransactionSerializationException, TRANSIENT",
    "org.springframework.dao.OptimisticLockingFailureException, STALE_VERSION",
    "org.springframework.dao.DuplicateKeyException, DUPLICATE_KEY",
    "org.springframework.dao.PessimisticLockingFailureException, LOCKED",
    "org.springframework.dao.DeadlockLoserDataAccessException, TRANSIENT",
    "org.springframework.dao.CannotSerializeTransactionException, TRANSIENT",
    "org.springframework.dao.DataIntegrityViolationException, ",
    "org.springframework.dao.ConcurrencyFailureException, ",
    "javax.jdo.JDOOptimisticVerificationException, STALE_VERSION",
    "net.sf.hibernate.StaleObjectStateException, STALE_VERSION",
    "oracle.toplink.essentials.exceptions.OptimisticLockException, STALE_VERSION",
    "org.datanucleus.exceptions.NucleusOptimisticException, STALE_VERSION",
    "org.apache.cayenne.access.OptimisticLockException, STALE_VERSION",
    "org.apache.ojb.broker.OptimisticLockException, STALE_VERSION",
    "org.apache.ojb.broker.KeyConstraintViolatedException, ",
    "org.exolab.castor.jdo.ObjectModifiedException, STALE_VERSION",
    "org.exolab.castor.jdo.DuplicateIdentityException, DUPLICATE_KEY",
    "org.apache.torque.ConstraintViolationException, ",
    "org.apache.torque.DeadlockException, TRANSIENT",
    "weblogic.ejb.OptimisticConcurrencyException, STALE_VERSION",
    "javax.ejb.DuplicateKeyException, DUPLICATE_KEY",
    "jakarta.ejb.ConcurrentAccessException, LOCKED",
    "javax.ejb.EJBException, ",
    "jakarta.transaction.RollbackException, ",
    "javax.jcr.InvalidItemStateException, STALE_VERSION",
    "javax.jcr.ItemExistsException, DUPLICATE_KEY",
    "javax.jcr.ReferentialIntegrityException, STILL_REFERENCED",
    "javax.jcr.lock.LockException, LOCKED",
    "io.ebean.DuplicateKeyException, DUPLICATE_KEY",
    "io.ebean.DataIntegrityException, ",
    "io.ebean.SerializableConflictException, TRANSIENT",
    "org.camunda.bpm.engine.OptimisticLockingException, STALE_VERSION",
    "org.elasticsearch.index.engine.VersionConflictEngineException, STALE_VERSION",
    "software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException, STALE_VERSION",
    "com.couchbase.client.core.error.CasMismatchException, STALE_VERSION",
    "com.couchbase.client.core.error.DocumentExistsException, DUPLICATE_KEY",
    "com.couchbase.client.core.error.DocumentLockedException, LOCKED",
    "com.ibm.websphere.ce.cm.DuplicateKeyException, DUPLICATE_KEY",
    "com.ibm.websphere.ce.cm.StaleConnectionException, ",
    "org.springframework.ldap.ContextNotEmptyException, STILL_REFERENCED",
    "com.google.cloud.spanner.AbortedException, TRANSIENT",
    "com.google.api.gax.rpc.AlreadyExistsException, DUPLICATE_KEY",
    "jakarta.data.exceptions.OptimisticLockingFailureException, STALE_VERSION",
    "jakarta.data.exceptions.EntityExistsException, DUPLICATE_KEY",
    "jakarta.data.exceptions.NonUniqueResultException, ",
    "io.micronaut.data.exceptions.OptimisticLockException, STALE_VERSION",
    "org.seasar.doma.jdbc.OptimisticLockException, STALE_VERSION",
    "org.seasar.doma.jdbc.UniqueConstraintException, DUPLICATE_KEY",
    "org.axonframework.modelling.command.ConcurrencyException, STALE_VERSION",
    "org.axonframework.modelling.command.ConflictingModificationException, STALE_VERSION",
    "org.axonframework.commandhandling.model.ConcurrencyException, STALE_VERSION",
    "org.axonframework.commandhandling.model.ConflictingAggregateVersionException, STALE_VERSION",
    "org.axonframework.common.lock.LockAcquisitionFailedException, LOCKED",
    "org.axonframework.common.lock.DeadlockException, TRANSIENT",
    "io.seata.rm.datasource.exec.LockWaitTimeoutException, LOCKED",
    "org.apache.seata.rm.datasource.exec.LockConflictException, LOCKED",
    "software.amazon.awssdk.services.dynamodb.model.DuplicateItemException, DUPLICATE_KEY",
    "software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException, ",
    "org.apache.commons.io.FileExistsException, DUPLICATE_KEY",
    "com.example.OptimisticLockException, ",
  })
  void classesThatAreNotEvenOnOurClassPathAreKnownByName(String name, ConflictKind kind)
      throws Exception {
    assertEquals(kind, kindOf(NamedClass.throwable(RuntimeException.class, name)));
  }

  @Test
  void sameNameFromAnotherClassLoaderIsTheSameClassToUs() throws Exception {
    URL api = OptimisticLockException.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader webApplication = new URLClassLoader(new URL[] {api}, null)) {
      Class<?> theirs = webApplication.loadClass(OptimisticLockException.class.getName());
      Throwable thrown = (Throwable) theirs.getConstructor().newInstance();

      assertNotSame(OptimisticLockException.class, theirs);
      assertEquals(ConflictKind.STALE_VERSION, kindOf(thrown));
    }
  }

  @Test
  void classDerivedByTheApplicationIsKnownByItsParent() {
    class EmailTaken extends EntityExistsException {}

    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(new EmailTaken()));
  }

  @Test
  void nearestKnownClassDecides() throws Exception {
    Throwable timeout =
        NamedClass.throwable(
            NamedClass.throwable(
                    RuntimeException.class, "org.hibernate.exception.LockAcquisitionException")
                .getClass(),
            "org.hibernate.exception.LockTimeoutException");

    assertEquals(ConflictKind.LOCKED, kindOf(timeout));
  }

  @Test
  void innermostKnownClassDecides() {
    Throwable thrown =
        new EntityExistsException(new IllegalStateException(new OptimisticLockException()));

    assertEquals(ConflictKind.STALE_VERSION, kindOf(new RuntimeException(thrown)));
  }

  @Test
  void mistakeInsideSilencesTheWrapper() {
    assertNull(kindOf(new EntityExistsException(new NonUniqueObjectException("m", 1, "Customer"))));
  }

  @Test
  void wrapperThatSaysNothingIsNoConflict() {
    assertNull(kindOf(new RollbackException(new PersistenceException("m"))));
  }

  @Test
  void classOfWrapperCountsAroundUnknownDriver() {
    SQLException unknown = new SQLException("m", "HY000", 4711);

    assertEquals(ConflictKind.LOCKED, kindOf(new PessimisticLockException(unknown)));
    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(new EntityExistsException(unknown)));
  }

  @Test
  void versionCheckWithSqlExceptionAsCauseIsNoVersionCheck() {
    assertNull(kindOf(new OptimisticLockException(new SQLException("m", "HY000", 4711))));
    assertNull(
        kindOf(
            new OptimisticLockException(
                new IllegalStateException(new SQLException("m", null, 4711)))));
  }

  @Test
  void driverIsBelievedAgainstTheWrapperInBothDirections() {
    SQLException notNull = new SQLException("m", "23502");
    SQLException duplicate = new SQLException("m", "23505");

    assertNull(kindOf(new EntityExistsException(notNull)));
    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(new OptimisticLockException(duplicate)));
    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(new IllegalStateException(duplicate)));
  }
}
