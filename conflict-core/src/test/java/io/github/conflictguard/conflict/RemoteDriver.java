package io.github.conflictguard.conflict;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.ibm.db2.jcc.am.SqlIntegrityConstraintViolationException;
import com.informix.util.IfxErrMsg;
import com.microsoft.sqlserver.jdbc.SQLServerException;
import com.mysql.cj.jdbc.exceptions.SQLError;
import com.sap.db.jdbc.exceptions.SQLExceptionSapDB;
import java.lang.reflect.Constructor;
import java.sql.SQLException;
import oracle.jdbc.driver.DatabaseError;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Drivers of servers that the tests do not have. Where the driver is on Maven Central, its own code
 * makes the exception out of what the server would have said.
 */
public enum RemoteDriver {
  POSTGRESQL {
    @Override
    public SQLException made(String message, String state, int code) {
      return new PSQLException(
          new ServerErrorMessage("SERROR\0C" + state + "\0M" + message + "\0\0"));
    }
  },
  MYSQL {
    @Override
    public SQLException made(String message, String state, int code) {
      return SQLError.createSQLException(message, state, code, null);
    }
  },
  MARIADB {
    @Override
    public SQLException made(String message, String state, int code) throws SQLException {
      return new ExceptionFactory(
              Configuration.parse("jdbc:mariadb://db/shop"), HostAddress.from("db", 3306))
          .create(message, state, code);
    }
  },
  ORACLE {
    /** The state comes from the driver's own table. */
    @Override
    public SQLException made(String message, String state, int code) {
      return DatabaseError.newSQLException(null, message, code);
    }
  },
  /** As ojdbc6 did: nothing of the driver's but where it was made. */
  ORACLE_6("oracle.jdbc.driver.T4CTTIoer"),
  SQL_SERVER {
    @Override
    public SQLException made(String message, String state, int code) throws Exception {
      Constructor<SQLServerException> constructor =
          SQLServerException.class.getDeclaredConstructor(
              String.class, String.class, int.class, Throwable.class);
      constructor.setAccessible(true);
      return constructor.newInstance(message, state, code, null);
    }
  },
  JTDS("net.sourceforge.jtds.jdbc.SQLDiagnostic"),
  JCONNECT("com.sybase.jdbc4.jdbc.SybStatement"),
  DB2 {
    /** Has no constructor for others; what counts here is its class. */
    @Override
    public SQLException made(String message, String state, int code) {
      SQLException thrown = mock(SqlIntegrityConstraintViolationException.class);
      when(thrown.getMessage()).thenReturn(message);
      when(thrown.getSQLState()).thenReturn(state);
      when(thrown.getErrorCode()).thenReturn(code);
      return thrown;
    }
  },
  JTOPEN("com.ibm.as400.access.JDError"),
  INFORMIX {
    @Override
    public SQLException made(String message, String state, int code) {
      return IfxErrMsg.buildExceptionWithMessage(code, message, state);
    }
  },
  /** Jaybird leaves out its own builder from the trace; this is where it reads what was sent. */
  FIREBIRD("org.firebirdsql.gds.ng.wire.AbstractWireOperations"),
  /** Before 3.16 it threw classes of {@code java.sql}; from batches with the text alone. */
  SQLITE_OLD("org.sqlite.Stmt"),
  HANA {
    @Override
    public SQLException made(String message, String state, int code) {
      return SQLExceptionSapDB.newInstanceWithMessage(null, message, state, code, 0, null, null);
    }
  },
  /** A pool or a proxy that has kept state, code and message, and nothing else. */
  COPY("com.example.pool.Copy");

  private final String madeIn;

  RemoteDriver() {
    this("");
  }

  RemoteDriver(String madeIn) {
    this.madeIn = madeIn;
  }

  public SQLException made(String message, String state, int code) throws Exception {
    SQLException thrown = new SQLException(message, state, code);
    thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement(madeIn, "m", "F", 1)});
    return thrown;
  }
}
