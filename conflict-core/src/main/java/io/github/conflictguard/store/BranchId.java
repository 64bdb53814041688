package io.github.conflictguard.store;

import java.util.Arrays;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/** The identity of a branch: not all transaction managers implement that of theirs. Immutable. */
final class BranchId {

  private final int format;
  private final byte[] transaction;
  private final byte[] qualifier;

  BranchId(Xid id) {
    this.format = id.getFormatId();
    this.transaction = id.getGlobalTransactionId();
    this.qualifier = id.getBranchQualifier();
  }

  @Override
  public boolean equals(@Nullable Object o) {
    if (!(o instanceof BranchId)) {
      return false;
    }
    BranchId other = (BranchId) o;
    return format == other.format
        && Arrays.equals(transaction, other.transaction)
        && Arrays.equals(qualifier, other.qualifier);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * format + Arrays.hashCode(transaction)) + Arrays.hashCode(qualifier);
  }
}
