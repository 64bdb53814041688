package io.github.conflictguard.classify;

import static io.github.conflictguard.conflict.ConflictKind.TRANSIENT;

import io.github.conflictguard.classify.evidence.Verdict;
import javax.transaction.xa.XAException;

/**
 * The exceptions that a resource reports to a transaction manager. {@code XA_RBINTEGRITY} is any
 * constraint, and {@code XA_RBTIMEOUT} the transaction's own timeout: neither is a conflict by
 * itself.
 */
final class XaFailure {

  static final String CLASS_NAME = "javax.transaction.xa.XAException";

  private XaFailure() {}

  static Verdict verdict(Throwable exception) {
    return exception instanceof XAException
            && ((XAException) exception).errorCode == XAException.XA_RBDEADLOCK
        ? Verdict.conflict(TRANSIENT)
        : Verdict.UNDECIDED;
  }
}
