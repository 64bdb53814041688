package io.github.conflictguard.sample;

import io.github.conflictguard.recorder.Recordings;
import io.github.conflictguard.store.CommitLevel;
import io.github.conflictguard.store.CommitReport;
import io.github.conflictguard.store.FencedWrite;
import io.github.conflictguard.store.JdbcStore;
import io.github.conflictguard.store.StoreTable;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Run in a JVM of its own with the agent: writes whose state another node has changed, one line
 * each with the outcome, the stored value (0 is the old one), and the levels of the commits.
 */
public final class FenceProgram {

  private static final String CHANGE = "update account set amount = 1 where id = 1";

  private final String url;
  private final ClassLoader drivers;
  private final JdbcStore store;
  private final Set<String> levels = new ConcurrentSkipListSet<>();
  private int ids;

  private FenceProgram(String url, ClassLoader drivers) throws Exception {
    this.url = url;
    this.drivers = drivers;
    this.store = new JdbcStore(this::connect, new StoreTable(null, "cg_"), "node");
    execute("create table account (id int primary key, amount int not null)");
    execute("insert into account values (1, 0)");
    store.check(true);
  }

  public static void main(String[] arguments) throws Exception {
    boolean isModule = arguments.length > 2;
    ClassLoader own = FenceProgram.class.getClassLoader();
    FenceProgram program =
        new FenceProgram(arguments[0], isModule ? new Module(arguments[2]) : own);
    program.transactions();
    program.exits();
    program.severalCommits();
    program.harmless();
    program.autoCommit();
    program.recordings();
    program.branches(arguments[1]);
  }

  private void transactions() throws Exception {
    say("current", false, FenceProgram::changeAndCommit);
    say("stale", true, FenceProgram::changeAndCommit);
    say("stale, swallowed", true, c -> thrownBy(() -> changeAndCommit(c)));
    say(
        "stale, repeatable read",
        true,
        c -> {
          c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
          changeAndCommit(c);
        });
    say(
        "stale, by a prepared statement",
        true,
        c -> {
          c.setAutoCommit(false);
          try (PreparedStatement update = c.prepareStatement(CHANGE)) {
            update.execute();
          }
          c.commit();
        });
    say(
        "stale, by a batch",
        true,
        c -> {
          c.setAutoCommit(false);
          try (Statement statement = c.createStatement()) {
            statement.addBatch(CHANGE);
            statement.executeBatch();
          }
          c.commit();
        });
  }

  private void exits() throws Exception {
    say(
        "stale, auto-commit switched on",
        true,
        c -> {
          c.setAutoCommit(false);
          execute(c, CHANGE);
          c.setAutoCommit(true);
        });
    say(
        "stale, auto-commit switched on after a failed commit",
        true,
        c -> {
          thrownBy(() -> changeAndCommit(c));
          c.setAutoCommit(true);
        });
    say(
        "stale, committed by SQL",
        true,
        c -> {
          c.setAutoCommit(false);
          execute(c, CHANGE);
          execute(c, "COMMIT");
        });
  }

  private void severalCommits() throws Exception {
    say(
        "two commits",
        false,
        c -> {
          changeAndCommit(c);
          changeAndCommit(c);
        });
    say(
        "stale, then another commit",
        true,
        c -> {
          thrownBy(() -> changeAndCommit(c));
          changeAndCommit(c);
        });
    say(
        "stale, then another connection",
        true,
        c -> {
          thrownBy(() -> changeAndCommit(c));
          try (Connection other = connect()) {
            changeAndCommit(other);
          }
        });
    say(
        "rolled back, then committed",
        true,
        c -> {
          c.setAutoCommit(false);
          execute(c, CHANGE);
          c.rollback();
          c.commit();
        });
  }

  private void harmless() throws Exception {
    say(
        "stale, nothing changed",
        true,
        c -> {
          c.setAutoCommit(false);
          try (Statement statement = c.createStatement();
              ResultSet rows = statement.executeQuery("select amount from account")) {
            rows.next();
          }
          c.commit();
        });
    say(
        "failed transaction",
        false,
        c -> {
          c.setAutoCommit(false);
          thrownBy(() -> execute(c, "insert into account values (1, 7)"));
          thrownBy(c::commit);
        });
    try (Connection other = connect("jdbc:h2:mem:other")) {
      execute(other, "create table account (id int primary key, amount int not null)");
      say("another database", true, c -> changeAndCommit(other));
    }
  }

  private void autoCommit() throws Exception {
    say("current, in auto-commit mode", false, c -> execute(c, CHANGE));
    say("stale, in auto-commit mode", true, c -> execute(c, CHANGE));
  }

  /** A conflict that the application swallows stays recorded although the counter is advanced. */
  private void recordings() throws Exception {
    say(
        "swallowed conflict",
        false,
        c -> {
          c.setAutoCommit(false);
          Recordings.begin();
          thrownBy(() -> execute(c, "insert into account values (1, 7)"));
          thrownBy(c::commit);
          levels.add(Recordings.end().length > 0 ? "recorded" : "forgotten");
        });
  }

  private void branches(String className) throws Exception {
    XADataSource dataSource =
        (XADataSource) Class.forName(className, true, drivers).getConstructor().newInstance();
    dataSource.getClass().getMethod("setURL", String.class).invoke(dataSource, url);
    for (boolean stale : new boolean[] {false, true}) {
      XAConnection branch = dataSource.getXAConnection();
      try {
        say(stale ? "stale branch" : "current branch", stale, c -> write(branch));
      } finally {
        branch.close();
      }
    }
  }

  private static void write(XAConnection branch) throws Exception {
    XAResource resource = branch.getXAResource();
    Branch id = new Branch();
    try (Connection connection = branch.getConnection()) {
      resource.start(id, XAResource.TMNOFLAGS);
      execute(connection, CHANGE);
      resource.end(id, XAResource.TMSUCCESS);
      resource.commit(id, true);
    } catch (XAException e) {
      resource.rollback(id);
      throw e;
    }
  }

  private static void changeAndCommit(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    execute(connection, CHANGE);
    connection.commit();
  }

  private void say(String name, boolean stale, Work work) throws Exception {
    String id = "resource" + ids++;
    store.ensure(id);
    levels.clear();
    FencedWrite write = FencedWrite.from(store, id, store.read(id), true, new Levels());
    if (stale) {
      store.advance(id);
    }
    String thrown;
    try (Connection connection = connect()) {
      write.open();
      try {
        thrown = thrownBy(() -> work.on(connection));
      } finally {
        write.close();
      }
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
    }
    System.out.println(
        name
            + ": "
            + thrown
            + (write.refusal() == null ? "" : ", refused")
            + ", "
            + amount()
            + ", "
            + new TreeSet<>(levels));
    execute("update account set amount = 0");
  }

  private static String thrownBy(Attempt attempt) {
    try {
      attempt.run();
      return "done";
    } catch (XAException e) {
      return e.errorCode == XAException.XA_RBROLLBACK ? "XA_RBROLLBACK" : e.toString();
    } catch (SQLException e) {
      return e.getSQLState();
    } catch (Exception e) {
      return e.toString();
    }
  }

  private int amount() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select amount from account where id = 1")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, sql);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return connect(url);
  }

  private Connection connect(String address) throws SQLException {
    for (Driver driver : ServiceLoader.load(Driver.class, drivers)) {
      if (driver.acceptsURL(address)) {
        return driver.connect(address, new Properties());
      }
    }
    throw new SQLException("no driver: " + address);
  }

  /** Contains the drivers, and delegates to the JDK alone, as JBoss Modules and OSGi do. */
  private static final class Module extends URLClassLoader {

    Module(String classPath) throws IOException {
      super(urls(classPath), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] urls(String classPath) throws IOException {
      List<URL> urls = new ArrayList<>();
      for (String path : classPath.split(File.pathSeparator, -1)) {
        urls.add(new File(path).toURI().toURL());
      }
      return urls.toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("io.github.conflictguard.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  /** Work on a connection. */
  private interface Work {

    void on(Connection connection) throws Exception;
  }

  /** Something that may fail. */
  private interface Attempt {

    void run() throws Exception;
  }

  /** Collects the levels. */
  private final class Levels implements CommitReport {

    @Override
    public void committed(CommitLevel level, String database) {
      levels.add(level.toString());
    }

    @Override
    public void failed(String database, Exception cause) {
      levels.add(cause.toString().toLowerCase(Locale.ROOT));
    }

    @Override
    public void overlapped(String database) {
      levels.add("overlapped");
    }
  }

  /** The name of a branch. */
  private static final class Branch implements Xid {

    private final byte[] id = {(byte) System.nanoTime(), 1};

    @Override
    public int getFormatId() {
      return 1;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return id;
    }

    @Override
    public byte[] getBranchQualifier() {
      return id;
    }
  }
}
