package io.github.conflictguard.classify;

import io.github.conflictguard.classify.evidence.Verdict;
import io.github.conflictguard.classify.sql.ReactiveFailure;
import io.github.conflictguard.conflict.ConflictKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The meanings of exception classes by their full names; simple names are ambiguous ({@code
 * ConstraintViolationException} alone has four meanings).
 *
 * <p>Ambiguous classes are omitted on purpose: OJB's {@code KeyConstraintViolatedException} and
 * Torque's {@code ConstraintViolationException} stand for any violated constraint, Spring's {@code
 * DataIntegrityViolationException} and {@code ConcurrencyFailureException} are too general,
 * WebSphere's {@code StaleConnectionException} is a dead connection.
 */
final class KnownClasses {

  private static final String[] OF_STALE_VERSIONS = {
    "javax.persistence.OptimisticLockException",
    "jakarta.persistence.OptimisticLockException",
    "javax.jdo.JDOOptimisticVerificationException",
    "org.hibernate.StaleStateException",
    "org.hibernate.OptimisticLockException", // former name of the next
    "org.hibernate.dialect.lock.OptimisticEntityLockException",
    "net.sf.hibernate.StaleObjectStateException", // Hibernate 2
    "org.eclipse.persistence.exceptions.OptimisticLockException",
    "oracle.toplink.essentials.exceptions.OptimisticLockException",
    "oracle.toplink.exceptions.OptimisticLockException",
    "org.apache.openjpa.util.OptimisticException",
    "org.datanucleus.exceptions.NucleusOptimisticException",
    "org.jooq.exception.DataChangedException",
    "org.springframework.dao.OptimisticLockingFailureException",
    "org.apache.cayenne.access.OptimisticLockException",
    "org.apache.ojb.broker.OptimisticLockException",
    "org.exolab.castor.jdo.ObjectModifiedException",
    "weblogic.ejb.OptimisticConcurrencyException",
    "org.activiti.engine.ActivitiOptimisticLockingException",
    "org.camunda.bpm.engine.OptimisticLockingException",
    "org.flowable.common.engine.api.FlowableOptimisticLockingException",
    "javax.jcr.InvalidItemStateException",
    "org.apache.chemistry.opencmis.commons.exceptions.CmisUpdateConflictException",
    "org.elasticsearch.index.engine.VersionConflictEngineException",
    "org.opensearch.index.engine.VersionConflictEngineException",
    "com.amazonaws.services.dynamodbv2.model.ConditionalCheckFailedException",
    "software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException",
    "com.couchbase.client.core.error.CasMismatchException",
    "com.couchbase.client.java.error.CASMismatchException",
    "com.orientechnologies.orient.core.exception.OConcurrentModificationException",
    "org.infinispan.transaction.WriteSkewException",
    "org.axonframework.modelling.command.ConcurrencyException",
    "org.axonframework.modelling.command.ConflictingModificationException", // and its versions
    "org.axonframework.modelling.command.ConflictingAggregateVersionException",
    "org.axonframework.commandhandling.model.ConcurrencyException", // Axon 3, as the next two
    "org.axonframework.commandhandling.model.ConflictingModificationException",
    "org.axonframework.commandhandling.model.ConflictingAggregateVersionException",
    "jakarta.data.exceptions.OptimisticLockingFailureException",
    "io.micronaut.data.exceptions.OptimisticLockException",
    "org.seasar.doma.jdbc.OptimisticLockException"
  };

  private static final String[] OF_DUPLICATE_KEYS = {
    "javax.ejb.DuplicateKeyException",
    "jakarta.ejb.DuplicateKeyException",
    "io.ebean.DuplicateKeyException",
    "org.exolab.castor.jdo.DuplicateIdentityException",
    "org.springframework.dao.DuplicateKeyException",
    "com.ibm.websphere.ce.cm.DuplicateKeyException",
    "javax.naming.NameAlreadyBoundException", // LDAP 68
    "javax.naming.directory.AttributeInUseException", // LDAP 20
    "org.springframework.ldap.NameAlreadyBoundException",
    "org.springframework.ldap.AttributeInUseException",
    "javax.jcr.ItemExistsException",
    "org.apache.chemistry.opencmis.commons.exceptions.CmisContentAlreadyExistsException",
    "org.apache.chemistry.opencmis.commons.exceptions.CmisNameConstraintViolationException",
    "com.couchbase.client.core.error.DocumentExistsException",
    "com.couchbase.client.java.error.DocumentAlreadyExistsException",
    "com.orientechnologies.orient.core.storage.ORecordDuplicatedException",
    "jakarta.data.exceptions.EntityExistsException",
    "org.seasar.doma.jdbc.UniqueConstraintException",
    "com.amazonaws.services.dynamodbv2.model.DuplicateItemException",
    "software.amazon.awssdk.services.dynamodb.model.DuplicateItemException",
    "com.google.api.gax.rpc.AlreadyExistsException",
    "org.apache.commons.io.FileExistsException",
    "java.nio.file.FileAlreadyExistsException"
  };

  private static final String[] OF_REFERENCES = {
    "javax.naming.ContextNotEmptyException", // LDAP 66
    "org.springframework.ldap.ContextNotEmptyException",
    "javax.jcr.ReferentialIntegrityException",
    "java.nio.file.DirectoryNotEmptyException"
  };

  private static final String[] OF_LOCKS = {
    "javax.persistence.PessimisticLockException",
    "jakarta.persistence.PessimisticLockException",
    "javax.persistence.LockTimeoutException",
    "jakarta.persistence.LockTimeoutException",
    "javax.ejb.ConcurrentAccessException", // and its timeout, which is derived from it
    "jakarta.ejb.ConcurrentAccessException",
    "io.ebean.AcquireLockException",
    "org.apache.openjpa.util.LockException",
    "org.exolab.castor.jdo.LockNotGrantedException",
    "org.odmg.LockNotGrantedException",
    "org.hibernate.PessimisticLockException",
    "org.hibernate.dialect.lock.PessimisticEntityLockException",
    "org.hibernate.exception.LockTimeoutException",
    "org.springframework.dao.PessimisticLockingFailureException",
    "javax.jcr.lock.LockException",
    "com.couchbase.client.core.error.DocumentLockedException",
    "com.couchbase.client.java.error.TemporaryLockFailureException",
    "org.axonframework.common.lock.LockAcquisitionFailedException",
    "io.seata.rm.datasource.exec.LockConflictException",
    "io.seata.rm.datasource.exec.LockWaitTimeoutException",
    "org.apache.seata.rm.datasource.exec.LockConflictException",
    "org.apache.seata.rm.datasource.exec.LockWaitTimeoutException",
    "com.amazonaws.services.dynamodbv2.model.TransactionInProgressException",
    "software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException",
    "java.nio.channels.OverlappingFileLockException"
  };

  private static final String[] OF_TRANSIENT_FAILURES = {
    // Deadlocks and rolled-back transactions, despite its name; LockTimeoutException is derived
    // from it and has its own entry.
    "org.hibernate.exception.LockAcquisitionException",
    "org.hibernate.exception.TransactionSerializationException",
    "io.ebean.SerializableConflictException",
    "org.apache.torque.DeadlockException",
    "org.springframework.dao.CannotSerializeTransactionException",
    "org.springframework.dao.DeadlockLoserDataAccessException",
    "com.amazonaws.services.dynamodbv2.model.TransactionConflictException",
    "software.amazon.awssdk.services.dynamodb.model.TransactionConflictException",
    "org.axonframework.common.lock.DeadlockException",
    "software.amazon.awssdk.services.dynamodb.model.ReplicatedWriteConflictException",
    "com.google.api.gax.rpc.AbortedException",
    "com.google.cloud.spanner.AbortedException"
  };

  private static final String[] OF_NO_CONFLICT = {
    // Mistakes in the use of a session. JPA wraps the first two in EntityExistsException, and
    // Spring the first in DuplicateKeyException, but no such row is stored.
    "org.hibernate.NonUniqueObjectException",
    "org.hibernate.PersistentObjectException",
    "org.hibernate.PropertyValueException",
    // OpenJPA evaluates the state alone: it maps every 23000 to an existing entity.
    "org.apache.openjpa.persistence.EntityExistsException",
    "org.apache.openjpa.util.ObjectExistsException",
    // A bean that calls itself is a programming error, although the class extends ConcurrentAccess.
    "javax.ejb.IllegalLoopbackException",
    "jakarta.ejb.IllegalLoopbackException",
    "javax.validation.ConstraintViolationException",
    "jakarta.validation.ConstraintViolationException"
  };

  private static final Set<String> NAMES =
      union(
          OF_STALE_VERSIONS,
          OF_DUPLICATE_KEYS,
          OF_REFERENCES,
          OF_LOCKS,
          OF_TRANSIENT_FAILURES,
          OF_NO_CONFLICT,
          EntityExists.CLASS_NAMES,
          new String[] {HibernateConstraint.CLASS_NAME},
          new String[] {MongoFailure.CLASS_NAME},
          SearchFailure.CLASS_NAMES,
          DynamoCancellation.CLASS_NAMES,
          new String[] {LdapFailure.CLASS_NAME},
          new String[] {NeoFailure.CLASS_NAME},
          CosmosFailure.CLASS_NAMES,
          new String[] {SpannerFailure.CLASS_NAME},
          new String[] {XaFailure.CLASS_NAME},
          ReactiveFailure.classNames());

  private KnownClasses() {}

  /**
   * Returns the names without initializing their meanings: every JVM with the agent needs the names
   * at start.
   */
  static Set<String> names() {
    return NAMES;
  }

  static ExceptionReader reading(String className) {
    return Readings.BY_NAME.getOrDefault(className, Readings.UNKNOWN);
  }

  private static Set<String> union(String[]... parts) {
    Set<String> names = new HashSet<>();
    for (String[] part : parts) {
      names.addAll(Arrays.asList(part));
    }
    return Collections.unmodifiableSet(names);
  }

  /** The meanings; initialized when the first exception is classified. */
  private static final class Readings {

    static final Map<String, ExceptionReader> BY_NAME = byName();
    static final ExceptionReader UNKNOWN = instance -> Verdict.UNDECIDED;

    private static Map<String, ExceptionReader> byName() {
      Map<String, ExceptionReader> readings = new HashMap<>();
      put(readings, ConflictKind.STALE_VERSION, OF_STALE_VERSIONS);
      put(readings, ConflictKind.DUPLICATE_KEY, OF_DUPLICATE_KEYS);
      put(readings, ConflictKind.STILL_REFERENCED, OF_REFERENCES);
      put(readings, ConflictKind.LOCKED, OF_LOCKS);
      put(readings, ConflictKind.TRANSIENT, OF_TRANSIENT_FAILURES);
      put(readings, instance -> Verdict.NO_CONFLICT, OF_NO_CONFLICT);
      put(readings, EntityExists::verdict, EntityExists.CLASS_NAMES);
      put(readings, HibernateConstraint::verdict, HibernateConstraint.CLASS_NAME);
      put(readings, MongoFailure::verdict, MongoFailure.CLASS_NAME);
      put(readings, SearchFailure::verdict, SearchFailure.CLASS_NAMES);
      put(readings, DynamoCancellation::verdict, DynamoCancellation.CLASS_NAMES);
      put(readings, LdapFailure::verdict, LdapFailure.CLASS_NAME);
      put(readings, NeoFailure::verdict, NeoFailure.CLASS_NAME);
      put(readings, CosmosFailure::verdict, CosmosFailure.CLASS_NAMES);
      put(readings, SpannerFailure::verdict, SpannerFailure.CLASS_NAME);
      put(readings, XaFailure::verdict, XaFailure.CLASS_NAME);
      return readings;
    }

    private static void put(
        Map<String, ExceptionReader> readings, ConflictKind kind, String... classNames) {
      Verdict verdict = Verdict.conflict(kind);
      put(readings, instance -> verdict, classNames);
    }

    private static void put(
        Map<String, ExceptionReader> readings, ExceptionReader reading, String... classNames) {
      for (String className : classNames) {
        readings.put(className, reading);
      }
    }
  }
}
