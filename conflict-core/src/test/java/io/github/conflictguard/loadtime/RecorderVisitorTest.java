package io.github.conflictguard.loadtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which classes of real libraries report to the recorder, and call the hook. */
class RecorderVisitorTest {

  private static final Set<String> UPDATES =
      Set.of(
          "executeUpdate()I",
          "executeUpdate(Ljava/lang/String;)I",
          "executeLargeUpdate()J",
          "executeLargeUpdate(Ljava/lang/String;)J",
          "executeBatch()[I",
          "executeLargeBatch()[J");

  private final AtomicBoolean reports = new AtomicBoolean();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.h2.Driver",
        "org.postgresql.Driver",
        "org.mariadb.jdbc.Driver",
        "com.mysql.cj.jdbc.Driver",
        "oracle.jdbc.OracleDriver",
        "com.microsoft.sqlserver.jdbc.SQLServerDriver",
        "com.ibm.db2.jcc.DB2Driver",
        "org.hsqldb.jdbc.JDBCDriver",
        "org.apache.derby.impl.jdbc.EmbedStatement",
        "org.sqlite.JDBC",
        "org.firebirdsql.jdbc.FBDriver"
      })
  void everyStatementOfADriverIsWoven(String driver) throws Exception {
    Path jar = jarOf(Class.forName(driver, false, getClass().getClassLoader()));
    List<String> unwoven = new ArrayList<>();
    int woven = 0;
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        if (!entry.getName().endsWith(".class") || entry.getName().startsWith("META-INF/")) {
          continue;
        }
        byte[] code = read(file, entry);
        if (!updates(code)) {
          continue;
        }
        String name = entry.getName().replace(".class", "");
        if (RecordedClasses.mayStore(name, code)
            && RecorderVisitor.ofDriver(code, RecorderCalls.DIRECT, true, () -> {}) != null) {
          woven++;
        } else {
          unwoven.add(name);
        }
      }
    }
    assertEquals(List.of(), unwoven);
    assertTrue(woven > 0, driver);
  }

  @Test
  void classThatOnlyExecutesStatementsOfOthersReportsNothing() throws Exception {
    byte[] code = read(JdbcTemplate.class);
    assertTrue(RecordedClasses.mayStore("org/springframework/jdbc/core/JdbcTemplate", code));
    RecorderVisitor.ofDriver(code, RecorderCalls.DIRECT, true, () -> reports.set(true));
    assertFalse(reports.get());
  }

  @Test
  void statementReportsChanges() throws Exception {
    Class<?> statement = Class.forName("org.h2.jdbc.JdbcStatement");
    assertNotNull(
        RecorderVisitor.ofDriver(
            read(statement), RecorderCalls.DIRECT, false, () -> reports.set(true)));
    assertTrue(reports.get());
  }

  @Test
  void withoutTheHookOtherMethodsStayAsTheyAre() throws Exception {
    assertNull(
        RecorderVisitor.ofDriver(read(JdbcTemplate.class), RecorderCalls.BY_NAME, false, () -> {}));
  }

  private static boolean updates(byte[] code) {
    boolean[] found = new boolean[1];
    new ClassReader(code)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                int without = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_STATIC;
                found[0] |=
                    (access & without) == 0
                        && UPDATES.contains(name + descriptor)
                        && thrown != null
                        && thrown.length > 0
                        && (List.of(thrown).contains("java/sql/SQLException")
                            || thrown[0].endsWith("SQLServerException"));
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    return found[0];
  }

  private static byte[] read(JarFile file, JarEntry entry) throws IOException {
    try (InputStream in = file.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static byte[] read(Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static Path jarOf(Class<?> type) throws Exception {
    URL location = type.getProtectionDomain().getCodeSource().getLocation();
    Path jar = Path.of(location.toURI());
    assertTrue(Files.isRegularFile(jar), jar.toString());
    return jar;
  }
}
