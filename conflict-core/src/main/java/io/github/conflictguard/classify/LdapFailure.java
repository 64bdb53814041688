package io.github.conflictguard.classify;

import static io.github.conflictguard.conflict.ConflictKind.DUPLICATE_KEY;
import static io.github.conflictguard.conflict.ConflictKind.STILL_REFERENCED;

import io.github.conflictguard.classify.evidence.SafeReader;
import io.github.conflictguard.classify.evidence.Verdict;

/** UnboundID's exception with a result code of LDAP (RFC 4511, 4.1.9). */
final class LdapFailure {

  static final String CLASS_NAME = "com.unboundid.ldap.sdk.LDAPException";

  private LdapFailure() {}

  static Verdict verdict(Throwable exception) {
    Object code = SafeReader.get(exception, "getResultCode", "intValue");
    switch (code instanceof Integer ? (Integer) code : -1) {
      case 68: // entryAlreadyExists
      case 20: // attributeOrValueExists
        return Verdict.conflict(DUPLICATE_KEY);
      case 66: // notAllowedOnNonLeaf
        return Verdict.conflict(STILL_REFERENCED);
      default:
        return Verdict.UNDECIDED;
    }
  }
}
