package io.github.conflictguard.servlet.ejb;

import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;

/** Stands outside of the transactions. */
class TransferCaller {

  private final TransferBean bean;

  TransferCaller(TransferBean bean) {
    this.bean = bean;
  }

  @ConflictGuarded(retry = @Retry(backoffMillis = 0))
  void around() throws Exception {
    bean.failsOnce();
  }

  @ConflictGuarded(retry = @Retry(backoffMillis = 0))
  void aroundCommit() {
    bean.failsAtCommitOnce();
  }

  @ConflictGuarded
  void translates() throws Exception {
    bean.checkedUntranslated();
  }
}
