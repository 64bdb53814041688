package io.github.conflictguard.sample;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.guard.Retry;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Work in transactions of Spring: each scenario inserts a row for each run and then fails. Answers
 * how many rows are left, how often it ran, and what left.
 */
@SuppressWarnings("unused")
public class Transfers implements Function<String, String>, AutoCloseable {

  private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:", "sa", "");
  private final JdbcTemplate jdbc;
  private final TransactionTemplate template;
  private final Work work;
  private final Port port;
  private final Outer outer;

  /** Prepares an empty table. */
  public Transfers() {
    pool.setMaxConnections(1);
    jdbc = new JdbcTemplate((DataSource) pool);
    jdbc.execute("create table if not exists transfer (run int)");
    DataSourceTransactionManager manager = new DataSourceTransactionManager(pool);
    template = new TransactionTemplate(manager);
    Work target = new Work(jdbc);
    work = proxyOf(target, manager, true);
    port = proxyOf(target, manager, false);
    outer = new Outer(work);
  }

  @SuppressWarnings("unchecked")
  private static <T> T proxyOf(Work target, TransactionManager manager, boolean subclass) {
    ProxyFactory factory = new ProxyFactory(target);
    factory.setProxyTargetClass(subclass);
    factory.addAdvice(
        new TransactionInterceptor(manager, new AnnotationTransactionAttributeSource()));
    return (T) factory.getProxy(Transfers.class.getClassLoader());
  }

  @Override
  public String apply(String scenario) {
    jdbc.execute("truncate table transfer");
    runs(work).runs = 0;
    String left;
    try {
      run(scenario);
      left = "nothing";
    } catch (Exception e) {
      left = e.getClass().getSimpleName();
    }
    Integer rows = jdbc.queryForObject("select count(*) from transfer", Integer.class);
    return "rows=" + rows + " runs=" + runs(work).runs + " left=" + left;
  }

  private static Work runs(Work proxy) {
    try {
      return (Work)
          ((org.springframework.aop.framework.Advised) proxy).getTargetSource().getTarget();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void run(String scenario) throws Exception {
    switch (scenario) {
      case "unchecked" -> work.unchecked();
      case "checked" -> work.checked();
      case "noRollbackFor" -> work.noRollbackFor();
      case "checked untranslated" -> work.checkedUntranslated();
      case "noRollbackFor untranslated" -> work.noRollbackForUntranslated();
      case "outer translates" -> outer.translates();
      case "retried inside" -> work.retriedInside();
      case "retried inside by interface" -> port.retriedInside();
      case "retried where it is not supported" -> work.notSupported();
      case "retried around" -> outer.retriedAround();
      case "retried around, found by the commit" -> outer.retriedAroundCommit();
      case "template inside" -> templateInside();
      case "template around" -> templateAround();
      case "template rollback-only" -> templateRollbackOnly();
      case "caught, then repeated in the doomed transaction" -> doomed();
      default -> throw new IllegalArgumentException(scenario);
    }
  }

  private static final GuardPolicy THRICE =
      GuardPolicy.builder().handler("a#b()").retry(3, 0, 0, 0, 60_000).build();

  private void templateInside() {
    ConflictGuard.run(THRICE, () -> template.executeWithoutResult(status -> runs(work).failOnce()));
  }

  private void templateAround() {
    template.executeWithoutResult(status -> ConflictGuard.run(THRICE, () -> runs(work).failOnce()));
  }

  private void templateRollbackOnly() {
    template.executeWithoutResult(
        status -> {
          status.setRollbackOnly();
          ConflictGuard.run(THRICE, () -> runs(work).failOnce());
        });
  }

  private void doomed() {
    template.executeWithoutResult(
        status ->
            ConflictGuard.run(
                THRICE,
                () -> {
                  try {
                    work.unchecked();
                  } catch (RuntimeException e) {
                    throw new ConflictException(ConflictKind.TRANSIENT, e);
                  }
                }));
  }

  @Override
  public void close() {
    pool.dispose();
  }

  /** What a proxy without a subclass has. */
  public interface Port {
    void retriedInside();
  }

  /** The methods that run in transactions. */
  public static class Work implements Port {

    private final JdbcTemplate jdbc;
    int runs;

    Work(JdbcTemplate jdbc) {
      this.jdbc = jdbc;
    }

    /** For the proxy. */
    protected Work() {
      this.jdbc = null;
    }

    private void insert() {
      runs++;
      jdbc.update("insert into transfer values (?)", runs);
    }

    void failOnce() {
      insert();
      if (runs == 1) {
        throw new PessimisticLockingFailureException("m");
      }
    }

    @Transactional
    @ConflictGuarded
    public void unchecked() {
      insert();
      throw new DuplicateKeyException("m");
    }

    @Transactional
    @ConflictGuarded
    public void checked() throws SQLException {
      insert();
      throw new SQLException("m", "23505");
    }

    @Transactional(noRollbackFor = DuplicateKeyException.class)
    @ConflictGuarded
    public void noRollbackFor() {
      insert();
      throw new DuplicateKeyException("m");
    }

    @Transactional
    @ConflictGuarded(translate = false)
    public void checkedUntranslated() throws SQLException {
      insert();
      throw new SQLException("m", "23505");
    }

    @Transactional(noRollbackFor = DuplicateKeyException.class)
    @ConflictGuarded(translate = false)
    public void noRollbackForUntranslated() {
      insert();
      throw new DuplicateKeyException("m");
    }

    @Override
    @Transactional
    @ConflictGuarded(retry = @Retry(backoffMillis = 0))
    public void retriedInside() {
      failOnce();
    }

    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    @ConflictGuarded(retry = @Retry(backoffMillis = 0))
    public void notSupported() {
      failOnce();
    }

    @Transactional
    public void failsOnce() {
      failOnce();
    }

    @Transactional
    public void failsAtCommitOnce() {
      insert();
      if (runs == 1) {
        TransactionSynchronizationManager.registerSynchronization(
            new TransactionSynchronization() {
              @Override
              public void beforeCommit(boolean readOnly) {
                throw new PessimisticLockingFailureException("m");
              }
            });
      }
    }
  }

  /** Guards outside of the transactions. */
  public static class Outer {

    private final Work work;

    Outer(Work work) {
      this.work = work;
    }

    @ConflictGuarded
    public void translates() throws SQLException {
      work.checkedUntranslated();
    }

    @ConflictGuarded(retry = @Retry(backoffMillis = 0))
    public void retriedAround() {
      work.failsOnce();
    }

    @ConflictGuarded(retry = @Retry(backoffMillis = 0))
    public void retriedAroundCommit() {
      work.failsAtCommitOnce();
    }
  }
}
