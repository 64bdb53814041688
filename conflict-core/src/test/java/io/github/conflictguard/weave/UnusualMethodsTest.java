package io.github.conflictguard.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.archive.WeaveCommand;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.Woven;
import io.github.conflictguard.loadtime.Way;
import java.io.ByteArrayOutputStream;
import java.io.ObjectStreamClass;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guarded methods that hardly anybody writes, compiled from source. */
class UnusualMethodsTest {

  private static final String IMPORTS =
      "import io.github.conflictguard.guard.*; import java.sql.SQLException;";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Way.class)
  void methodsWithAsManyParametersAsThereMayBe(Way way) throws Exception {
    String fails = "{ throw new SQLException(\"m\", \"23505\"); }";
    String source =
        IMPORTS
            + "public class Wide {"
            + ("@ConflictGuarded public int plain(" + ints(254) + ") throws SQLException " + fails)
            + "@ConflictGuarded(lock = \"wide/{253}\", retry = @Retry) public static int locked("
            + (ints(255) + ") throws SQLException " + fails)
            + "@ConflictGuarded(recover = \"instead\") public long recovers("
            + (ints(250) + ") throws SQLException " + fails)
            + ("private long instead(" + ints(250) + ", ConflictException e) { return a249; }}");
    try (Way.Loaded loaded = load(way, "Wide", source)) {
      Object wide = newInstance(loaded, "Wide");
      assertInstanceOf(ConflictException.class, call(wide, "plain", numbers(254)));
      assertInstanceOf(ConflictException.class, call(wide, "locked", numbers(255)));
      assertEquals(249L, call(wide, "recovers", numbers(250)));
    }
  }

  @Test
  void aRecoverMethodWithMoreParametersThanAHandleTakesIsRefused() throws Exception {
    String source =
        IMPORTS
            + "public class Wide { @ConflictGuarded(recover = \"instead\") public void save("
            + (ints(249) + ", long last) {}")
            + ("void instead(" + ints(249) + ", long last) {} }");
    String said = checked("Wide", source);
    assertTrue(said.contains("a method with 251 parameters"), said);
  }

  @Test
  void aMethodThatIsInheritedAsTheImplementationOfAGuardedOneIsReported() throws Exception {
    String source =
        IMPORTS
            + "interface Store { @ConflictGuarded void save(String key) throws SQLException; }"
            + "class Plain { public void save(String key) throws SQLException {} }"
            + "class Orders extends Plain implements Store {}"
            + "class Marked { @ConflictGuarded public void save(String key) {} }"
            + "class Fine extends Marked implements Store {}"
            + "class Below extends Orders { public void save(String key) {} }";
    String said = checked("Store", source);
    assertTrue(
        said.contains("Orders inherits save(java.lang.String) from Plain, where it has no guard"),
        said);
    assertTrue(said.contains("override it, or annotate it there"), said);
    assertEquals(1, said.lines().filter(line -> line.contains("inherits")).count(), said);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aBridgeIsNotGuardedTwice(Way way) throws Exception {
    String source =
        IMPORTS
            + "public class Orders extends Orders_<String> {"
            + " public int runs;"
            + " @ConflictGuarded(retry = @Retry(attempts = 2, backoffMillis = 0))"
            + " @Override public String save(String key) throws SQLException {"
            + "  runs++; throw new SQLException(\"m\", \"40001\"); }}"
            + "abstract class Orders_<T> { public abstract Object save(T key) throws SQLException; }";
    try (Way.Loaded loaded = load(way, "Orders", source)) {
      Object orders = newInstance(loaded, "Orders");
      Method bridge = orders.getClass().getMethod("save", Object.class);
      assertTrue(bridge.isBridge());
      assertNull(bridge.getAnnotation(Woven.class));
      assertThrows(InvocationTargetException.class, () -> bridge.invoke(orders, "k"));
      assertEquals(2, orders.getClass().getField("runs").get(orders));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void theSerialVersionStaysAsItWas(Way way) throws Exception {
    String source =
        IMPORTS
            + "public class Cart implements java.io.Serializable {"
            + " @ConflictGuarded(lock = \"cart\", retry = @Retry, recover = \"instead\")"
            + " public Runnable add(String key) { return (Runnable & java.io.Serializable)"
            + " () -> System.out.println(key); }"
            + " private Runnable instead(String key) { return null; } }";
    Path classes = compile("Cart", source);
    long before;
    try (URLClassLoader plain =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      before = ObjectStreamClass.lookup(plain.loadClass("Cart")).getSerialVersionUID();
    }
    try (Way.Loaded loaded = way.load(classes, folder.resolve("woven"))) {
      Class<?> cart = loaded.loader().loadClass("Cart");
      assertTrue(
          cart.getMethod("add", String.class).isAnnotationPresent(Woven.class), way.toString());
      assertEquals(before, ObjectStreamClass.lookup(cart).getSerialVersionUID());
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aGuardedMethodMayRunWhileItsClassIsInitialized(Way way) throws Exception {
    String source =
        IMPORTS
            + "public class Early { public static final String FIRST = first(\"k\");"
            + " @ConflictGuarded(lock = \"early/{0}\", retry = @Retry)"
            + " static String first(String key) { return second(key); }"
            + " @ConflictGuarded(lock = \"early/{0}\") static String second(String key) {"
            + " return key; } }";
    try (Way.Loaded loaded = load(way, "Early", source)) {
      assertEquals("k", loaded.loader().loadClass("Early").getField("FIRST").get(null));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void namesWithDollarsAndOtherLettersAreNames(Way way) throws Exception {
    String source =
        IMPORTS
            + "public class $Orders$ { public static class Über$$ {"
            + " @ConflictGuarded(lock = \"order/{$id}\") public String save$default(String $id)"
            + " throws SQLException { throw new SQLException(\"m\", \"23505\"); } } }";
    try (Way.Loaded loaded = load(way, "$Orders$", source)) {
      Object orders = newInstance(loaded, "$Orders$$Über$$");
      ConflictException left =
          assertInstanceOf(ConflictException.class, call(orders, "save$default", "k"));
      assertEquals("$Orders$$Über$$#save$default(String)", left.handler());
    }
  }

  @Test
  void descriptorsOfModulesAndClassesOfOtherVersionsPassTheCommand() throws Exception {
    String source = IMPORTS + "public class Orders { @ConflictGuarded public void save() {} }";
    Path classes = compile("Orders", source);
    Path module = Files.createDirectories(folder.resolve("m")).resolve("module-info.java");
    Files.writeString(module, "module m {}");
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.resolve("m").toString(), module.toString()));
    byte[] save = Files.readAllBytes(classes.resolve("Orders.class"));
    byte[] descriptor = Files.readAllBytes(folder.resolve("m/module-info.class"));
    Path jar = folder.resolve("orders.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      put(zip, "META-INF/MANIFEST.MF", "Multi-Release: true\r\n\r\n".getBytes());
      put(zip, "module-info.class", descriptor);
      put(zip, "Orders.class", save);
      put(zip, "META-INF/versions/11/Orders.class", save);
      put(zip, "META-INF/versions/9/module-info.class", descriptor);
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true);
    String guard = Woven.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertEquals(
        0,
        WeaveCommand.run(
            out, out, "--target", "**#*", "--class-path", guard, "--list", jar.toString()),
        said.toString());
    assertEquals(
        0,
        WeaveCommand.run(out, out, "--target", "**#*", "--class-path", guard, jar.toString()),
        said.toString());
    assertTrue(said.toString().contains("2 methods guarded now"), said.toString());
  }

  @Test
  void aMethodThatWouldBecomeTooLongIsNamed() throws Exception {
    String source =
        IMPORTS
            + "public class Long_ { static int n; @ConflictGuarded(lock = \"l\", retry = @Retry)"
            + " public void save() {"
            + "n++;".repeat(8180)
            + "} @ConflictGuarded public void other() {} }";
    String said = checked("Long_", source);
    assertTrue(said.contains("Long_"), said);
    assertTrue(said.toLowerCase().contains("too large"), said);
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws Exception {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static String ints(int count) {
    return IntStream.range(0, count).mapToObj(n -> "int a" + n).collect(Collectors.joining(", "));
  }

  private static Object[] numbers(int count) {
    return IntStream.range(0, count).boxed().toArray();
  }

  /** Returns what the command reports, which does not weave everything. */
  private String checked(String name, String source) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true);
    String guard = Woven.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    List<String> arguments =
        new ArrayList<>(List.of("--class-path", guard, compile(name, source).toString()));
    assertEquals(1, WeaveCommand.run(out, out, arguments.toArray(String[]::new)), said.toString());
    return said.toString();
  }

  private Way.Loaded load(Way way, String name, String source) throws Exception {
    return way.load(compile(name, source), folder.resolve("woven"));
  }

  private Path compile(String name, String source) throws Exception {
    Path file = folder.resolve(name + ".java");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Files.writeString(file, source);
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-g",
                "-encoding",
                "UTF-8",
                "-proc:none",
                "-cp",
                Woven.class.getProtectionDomain().getCodeSource().getLocation().getPath(),
                "-d",
                classes.toString(),
                file.toString()));
    return classes;
  }

  private static Object newInstance(Way.Loaded loaded, String name) throws Exception {
    return loaded.loader().loadClass(name).getConstructor().newInstance();
  }

  /** Returns what the method returns or throws. */
  private static Object call(Object target, String name, Object... arguments) throws Exception {
    Method method =
        Arrays.stream(target.getClass().getMethods())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow();
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }
}
