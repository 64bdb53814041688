package io.github.conflictguard.loadtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.classfile.ClassOutline;
import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.classfile.Supertypes;
import io.github.conflictguard.classfile.TargetPattern;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.weave.Weaver;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Class files of every age, as real compilers write them, woven by patterns, and called. */
class ClassFileVersionsTest {

  /** In the Java of 1996. */
  private static final String OLD =
      """
      package old;

      import java.sql.SQLException;

      public class Old {

        public int runs;

        static void failWith(SQLException failure) throws SQLException {
          if (failure != null) {
            throw failure;
          }
        }

        public String save(int number, long big, String text, SQLException failure)
            throws SQLException {
          StringBuffer order = new StringBuffer();
          try {
            order.append(number).append(big).append(text);
            number = 0;
            big = 0;
            try {
              failWith(failure);
            } finally {
              order.append("f");
            }
          } finally {
            runs++;
          }
          return order.toString();
        }

        public static synchronized long count(double[] values, SQLException failure)
            throws SQLException {
          long sum = 0;
          for (int i = 0; i < values.length; i++) {
            sum += (long) values[i];
          }
          failWith(failure);
          return sum;
        }

        private int depth(int n, SQLException failure) throws SQLException {
          if (n == 0) {
            failWith(failure);
            return 0;
          }
          return 1 + depth(n - 1, failure);
        }

        public int callsDepth(SQLException failure) throws SQLException {
          return depth(4, failure);
        }
      }
      """;

  private static final SQLException DEADLOCK = new SQLException("deadlock", "40001");

  @TempDir private Path folder;

  static Stream<String> versions() {
    List<String> versions =
        new ArrayList<>(List.of("1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"));
    for (int release = 8; release <= Runtime.version().feature(); release++) {
      versions.add(String.valueOf(release));
    }
    return versions.stream();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void classFilesOfThisVersionAreWovenAndWork(String version) throws Exception {
    compile(version);
    byte[] classFile = Files.readAllBytes(folder.resolve("old/Old.class"));
    assertEquals(majorOf(version), ClassOutline.read(classFile).version());
    byte[] woven = weave(classFile);
    assertEquals(majorOf(version), ClassOutline.read(woven).version());
    Files.write(folder.resolve("old/Old.class"), woven);
    Class<?> old = new Way.Application(Way.class.getClassLoader(), folder).loadClass("old.Old");
    Object target = old.getConstructor().newInstance();
    var save = old.getMethod("save", int.class, long.class, String.class, SQLException.class);
    assertEquals("12xf", save.invoke(target, 1, 2L, "x", null));
    assertConflict(() -> save.invoke(target, 1, 2L, "x", DEADLOCK));
    assertEquals(4, old.getField("runs").get(target), "once, and three attempts");
    var count = old.getMethod("count", double[].class, SQLException.class);
    assertEquals(3L, count.invoke(null, new double[] {1, 2}, null));
    assertConflict(() -> count.invoke(null, new double[0], DEADLOCK));
    var callsDepth = old.getMethod("callsDepth", SQLException.class);
    assertEquals(4, callsDepth.invoke(target, (Object) null));
    assertConflict(() -> callsDepth.invoke(target, DEADLOCK));
  }

  /** Also where this JVM could not load it. */
  @Test
  void theVersionsOfTomorrowAreWovenToo() throws Exception {
    compile("17");
    byte[] classFile = Files.readAllBytes(folder.resolve("old/Old.class"));
    for (int major = 62; major <= 69; major++) {
      classFile[7] = (byte) major;
      assertEquals(major, ClassOutline.read(weave(classFile)).version());
    }
  }

  private static byte[] weave(byte[] classFile) throws Exception {
    GuardTargets targets =
        GuardTargets.of(
            TargetPattern.parse("old.Old#save attempts=3 backoffMillis=0 lock=old/{0}"),
            TargetPattern.parse("old.Old#count(double[],java.sql.SQLException)"),
            TargetPattern.parse("old.Old#depth"));
    List<String> said = new ArrayList<>();
    byte[] woven =
        new Weaver(targets, "command", new LineLog(said::add))
            .weave(
                classFile,
                ClassFileLocator.ForClassLoader.of(ClassFileVersionsTest.class.getClassLoader()),
                Supertypes.NONE);
    assertEquals(List.of(), said);
    assertTrue(woven != null);
    return woven;
  }

  private void compile(String version) throws Exception {
    Path source = folder.resolve("Old.java");
    Files.writeString(source, OLD);
    StringWriter said = new StringWriter();
    boolean compiled;
    if (version.startsWith("1.")) {
      String language = version.equals("1.1") || version.equals("1.2") ? "1.3" : version;
      String arguments =
          "-source %s -target %s -nowarn -proc:none -g:none -d %s %s"
              .formatted(language, version, folder, source);
      PrintWriter out = new PrintWriter(said);
      compiled = BatchCompiler.compile(arguments, out, out, null);
    } else {
      compiled =
          ToolProvider.getSystemJavaCompiler()
                  .run(
                      null,
                      null,
                      null,
                      "-proc:none",
                      "-nowarn",
                      "--release",
                      version,
                      "-d",
                      folder.toString(),
                      source.toString())
              == 0;
    }
    assertTrue(compiled, said.toString());
  }

  private static int majorOf(String version) {
    return version.equals("1.1")
        ? 45
        : 44 + Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
  }

  private static void assertConflict(Executable call) {
    Throwable thrown = assertThrows(InvocationTargetException.class, call).getTargetException();
    assertInstanceOf(
        ConflictException.class, thrown, () -> Arrays.toString(thrown.getStackTrace()));
  }
}
