package io.github.conflictguard.conflict;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.derby.impl.jdbc.Util;
import org.apache.derby.shared.common.reference.SQLState;
import org.firebirdsql.gds.ISCConstants;
import org.firebirdsql.gds.ng.FbExceptionBuilder;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;
import org.hsqldb.jdbc.JDBCUtil;
import org.postgresql.util.PSQLState;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.core.DB;

/**
 * The exceptions of each driver: one for every code of its own tables, or for every code that there
 * can be, made by the driver where that is on the class path.
 */
enum DriverCodes {
  ORACLE {
    /** The first and last codes of all ranges of the driver's map, and what lies between. */
    @Override
    void make(Exceptions exceptions) throws Exception {
      TreeSet<Integer> codes = new TreeSet<>();
      try (InputStream map =
          oracle.jdbc.OracleDriver.class.getResourceAsStream("driver/errorMap.xml")) {
        Matcher bound =
            Pattern.compile("oraError(?:From|To)=\"(\\d+)\"")
                .matcher(new String(map.readAllBytes()));
        while (bound.find()) {
          codes.add(Integer.parseInt(bound.group(1)));
          codes.add(Integer.parseInt(bound.group(1)) + 1);
        }
      }
      range(1, 200).forEach(codes::add);
      range(2000, 2500).forEach(codes::add);
      range(4000, 4100).forEach(codes::add);
      range(8100, 8200).forEach(codes::add);
      range(20000, 20010).forEach(codes::add);
      range(30000, 30010).forEach(codes::add);
      range(42690, 42710).forEach(codes::add);
      IntStream.iterate(1, code -> code <= 65535, code -> code + 101).forEach(codes::add);
      for (int code : codes) {
        String message = String.format("ORA-%05d: text", code);
        exceptions.add("" + code, RemoteDriver.ORACLE.made(message, "", code));
      }
    }
  },
  POSTGRESQL {
    @Override
    void make(Exceptions exceptions) throws Exception {
      TreeSet<String> states = new TreeSet<>();
      for (PSQLState state : PSQLState.values()) {
        states.add(state.getState());
      }
      for (String group : GROUPS_OF_STATES) {
        for (int subclass = 0; subclass < 20; subclass++) {
          states.add(String.format("%s%03d", group, subclass));
          states.add(String.format("%sP%02d", group, subclass));
        }
      }
      for (String state : states) {
        exceptions.add(state, RemoteDriver.POSTGRESQL.made("text", state, 0));
      }
    }
  },
  MYSQL {
    @Override
    void make(Exceptions exceptions) throws Exception {
      mySql(RemoteDriver.MYSQL, exceptions);
    }
  },
  MARIADB {
    @Override
    void make(Exceptions exceptions) throws Exception {
      mySql(RemoteDriver.MARIADB, exceptions);
    }
  },
  SQL_SERVER {
    /** The states by mssql-jdbc, and with {@code xopenStates=true}. */
    @Override
    void make(Exceptions exceptions) throws Exception {
      for (int code :
          IntStream.concat(range(1, 4000), IntStream.concat(range(8100, 8160), range(41290, 41850)))
              .toArray()) {
        String state = code == 1205 ? "40001" : "S0001";
        if (code == 515 || code == 547 || code == 2601 || code == 2627) {
          state = "23000";
        }
        exceptions.add("" + code, RemoteDriver.SQL_SERVER.made(TEXT, state, code));
        exceptions.add(code + " X/Open", RemoteDriver.SQL_SERVER.made(TEXT, "42000", code));
      }
      for (Object state :
          Class.forName("com.microsoft.sqlserver.jdbc.SQLState").getEnumConstants()) {
        Field text = state.getClass().getDeclaredField("sqlStateCode");
        text.setAccessible(true);
        String own = (String) text.get(state);
        exceptions.add(own, RemoteDriver.SQL_SERVER.made(TEXT, own, 0));
      }
    }
  },
  DB2 {
    @Override
    void make(Exceptions exceptions) throws Exception {
      for (int code = -1; code > -1500; code--) {
        exceptions.add("" + code, RemoteDriver.JTOPEN.made("text", "56000", code));
      }
      byState(RemoteDriver.JTOPEN, -29999, exceptions);
    }
  },
  H2 {
    @Override
    void make(Exceptions exceptions) throws Exception {
      for (int code : constants(ErrorCode.class)) {
        exceptions.add("" + code, DbException.getJdbcSQLException(code, ROW_OF_H2));
      }
    }
  },
  HSQLDB {
    @Override
    void make(Exceptions exceptions) throws Exception {
      for (int code : constants(Class.forName("org.hsqldb.error.ErrorCode"))) {
        SQLException made;
        try {
          made = JDBCUtil.sqlException(code);
        } catch (RuntimeException noText) {
          continue;
        }
        exceptions.add(made.getErrorCode() + " " + made.getSQLState(), made);
      }
    }
  },
  DERBY {
    @Override
    void make(Exceptions exceptions) throws Exception {
      for (Field field : SQLState.class.getFields()) {
        if (field.getType() == String.class) {
          String id = (String) field.get(null);
          if (id.matches("\\w{5}(\\..*)?")) {
            exceptions.add(id.substring(0, 5), Util.generateCsSQLException(id, "a", "b", "c"));
          }
        }
      }
    }
  },
  SQLITE {
    @Override
    void make(Exceptions exceptions) {
      for (SQLiteErrorCode code : SQLiteErrorCode.values()) {
        exceptions.add(code.name(), DB.newSQLException(code.code, "text"));
      }
    }
  },
  SYBASE {
    @Override
    void make(Exceptions exceptions) throws Exception {
      for (int code : IntStream.concat(range(1, 4000), range(12200, 12300)).toArray()) {
        exceptions.add("" + code, RemoteDriver.JCONNECT.made("text", "ZZZZZ", code));
      }
      for (String own : new String[] {"JZ006", "JZ0C0", "JZ0C1", "JZ0TO", "JZ0BE", "JZ0EM"}) {
        exceptions.add(own, RemoteDriver.JCONNECT.made("text", own, 0));
      }
      byState(RemoteDriver.JCONNECT, 29999, exceptions);
      // OpenJPA's dictionary relies on a second exception.
      for (SQLException exception : exceptions.byKey.values()) {
        exception.setNextException(RemoteDriver.JCONNECT.made("end of batch", "ZZZZZ", 0));
      }
    }
  },
  INFORMIX {
    @Override
    void make(Exceptions exceptions) throws Exception {
      for (int code = -1; code > -1300; code--) {
        boolean integrity = code == -239 || code == -268 || code == -691 || code == -692;
        exceptions.add(
            "" + code, RemoteDriver.INFORMIX.made("text", integrity ? "23000" : "IX000", code));
      }
      byState(RemoteDriver.INFORMIX, -29999, exceptions);
    }
  },
  FIREBIRD {
    @Override
    void make(Exceptions exceptions) throws Exception {
      for (int code : constants(ISCConstants.class)) {
        if (code > 335544320) {
          exceptions.add("" + code, FbExceptionBuilder.forException(code).toSQLException());
        }
      }
    }
  },
  HANA {
    @Override
    void make(Exceptions exceptions) throws Exception {
      for (int code = 1; code < 1400; code++) {
        exceptions.add("" + code, RemoteDriver.HANA.made("text", "HY000", code));
      }
      byState(RemoteDriver.HANA, 29999, exceptions);
    }
  };

  private static final String TEXT = "The text of the server.";

  /** Where Hibernate looks for the name of a constraint. */
  private static final String ROW_OF_H2 = "\"FK: PUBLIC.UQ ON PUBLIC.T(A) VALUES 1\"";

  private static final String[] GROUPS_OF_STATES = {
    "00", "01", "02", "03", "08", "09", "0A", "0F", "0L", "0P", "0Z", "20", "21", "22", "23", "24",
    "25", "26", "27", "28", "2B", "2D", "2F", "34", "38", "39", "3B", "3D", "3F", "40", "42", "44",
    "53", "54", "55", "57", "58", "60", "61", "72", "F0", "HV", "HY", "P0", "XX"
  };

  /** Makes the exceptions. On a thread of its own, since a deep stack makes each one dear. */
  abstract void make(Exceptions exceptions) throws Exception;

  /** Receives exceptions with what the table of expected kinds has for them. */
  static final class Exceptions {

    final Map<String, SQLException> byKey = new LinkedHashMap<>();

    void add(String key, SQLException exception) {
      byKey.put(key, exception);
    }
  }

  /** Every code of the driver's table, and whatever the server may add; states by the driver. */
  private static void mySql(RemoteDriver driver, Exceptions exceptions) throws Exception {
    TreeSet<Integer> codes = new TreeSet<>();
    for (int code : constants(MysqlErrorNumbers.class)) {
      if (code < 6000) { // greater ones go to the server's log
        codes.add(code);
      }
    }
    range(1000, 2000).forEach(codes::add);
    range(3000, 4200).forEach(codes::add);
    range(8000, 9100).forEach(codes::add);
    for (int code : codes) {
      String state = MysqlErrorNumbers.mysqlToSqlstate(code);
      exceptions.add("" + code, driver.made("text", state == null ? "HY000" : state, code));
    }
  }

  /** A code that no table has, with each state of the classes that translators look at. */
  private static void byState(RemoteDriver driver, int code, Exceptions exceptions)
      throws Exception {
    for (String group : GROUPS_OF_STATES) {
      for (int subclass = 0; subclass < 20; subclass++) {
        String state = String.format("%s%03d", group, subclass);
        exceptions.add(state, driver.made("text", state, code));
      }
    }
    for (String state : new String[] {"40504", "40P01", "55P03", "57033", "23505", "40003"}) {
      exceptions.add(state, driver.made("text", state, code));
    }
  }

  private static IntStream range(int from, int to) {
    return IntStream.range(from, to);
  }

  private static TreeSet<Integer> constants(Class<?> type) throws IllegalAccessException {
    TreeSet<Integer> values = new TreeSet<>();
    for (Field field : type.getFields()) {
      if (field.getType() == int.class) {
        values.add(field.getInt(null));
      }
    }
    return values;
  }

  /** The expected conflicts: {@code code kind} on each line of the product's file. */
  Map<String, String> expected() throws IOException {
    Map<String, String> kinds = new java.util.TreeMap<>();
    String name = "codes/" + name().toLowerCase(java.util.Locale.ROOT) + ".txt";
    try (InputStream in = DriverCodes.class.getClassLoader().getResourceAsStream(name)) {
      Stream<String> lines = in == null ? Stream.of() : new String(in.readAllBytes()).lines();
      lines
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(
              line -> {
                String[] parts = line.split("#")[0].strip().split("\\s*=\\s*");
                kinds.put(parts[0], parts[1]);
              });
    }
    return kinds;
  }
}
