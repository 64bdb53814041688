package io.github.conflictguard.weave;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Woven;
import io.github.conflictguard.loadtime.Way;
import io.github.conflictguard.sample.Samples;
import io.github.conflictguard.sample.Shapes;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every shape of method, woven in every way, and then called. */
class WeavingWaysTest {

  private static final List<Class<?>> SHAPES =
      List.of(
          Shapes.class,
          Shapes.Members.class,
          Shapes.Defaults.class,
          Shapes.Inherits.class,
          Shapes.Store.class,
          Shapes.StoreOfFailures.class,
          Shapes.Overrides.class,
          Shapes.Choice.class,
          Shapes.Choice.ONE.getClass(),
          Shapes.Pair.class,
          Shapes.Repeats.class);

  private static final int GUARDED = 29;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Way.class)
  void methodsOfEveryShapeAreGuarded(Way way) throws Exception {
    try (Way.Loaded loaded = way.load(unwoven(0), folder.resolve("woven"))) {
      assertEquals(GUARDED, callEveryGuardedMethod(loaded.loader()));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void classesWithoutDebugInformationAreGuardedToo(Way way) throws Exception {
    Path classes = unwoven(ClassReader.SKIP_DEBUG);
    try (Way.Loaded loaded = way.load(classes, folder.resolve("woven"))) {
      assertEquals(GUARDED, callEveryGuardedMethod(loaded.loader()));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aRepeatedBodyBeginsWithTheArgumentsOfTheCall(Way way) throws Exception {
    try (Way.Loaded loaded = way.load(unwoven(0), folder.resolve("woven"))) {
      Object repeats = instanceOf(loaded.loader(), Shapes.Repeats.class);
      Object result = call(repeats, "reassigns", 1, 2L, "x", 2);
      assertEquals(List.of("1 2 x", "1 2 x", "1 2 x"), seenBy(repeats));
      assertEquals("101 4 x!", result);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whatCannotBeOvercomeLeavesAfterTheLastAttempt(Way way) throws Exception {
    try (Way.Loaded loaded = way.load(unwoven(0), folder.resolve("woven"))) {
      Object repeats = instanceOf(loaded.loader(), Shapes.Repeats.class);
      ConflictException conflict =
          assertInstanceOf(
              ConflictException.class, failureOf(repeats, "reassigns", 1, 2L, "x", 100));
      assertEquals(ConflictKind.TRANSIENT, conflict.kind());
      assertEquals(4, seenBy(repeats).size());
      assertEquals(
          Shapes.Repeats.class.getName() + "#reassigns(int,long,String,int)", conflict.handler());
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void nestedGuardsDoNotMultiplyTheirAttempts(Way way) throws Exception {
    try (Way.Loaded loaded = way.load(unwoven(0), folder.resolve("woven"))) {
      Object repeats = instanceOf(loaded.loader(), Shapes.Repeats.class);
      assertInstanceOf(ConflictException.class, failureOf(repeats, "outer"));
      assertEquals(List.of("inner", "inner", "inner"), seenBy(repeats));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void noMonitorIsHeldWhileWaiting(Way way) throws Exception {
    try (Way.Loaded loaded = way.load(unwoven(0), folder.resolve("woven"))) {
      Object repeats = instanceOf(loaded.loader(), Shapes.Repeats.class);
      assertInstanceOf(ConflictException.class, failureOf(repeats, "holdsItsMonitor"));
      assertEquals(List.of("monitor"), seenBy(repeats));
    }
  }

  /** The first way wins; the later ones see its marker and leave the class as it is. */
  @ParameterizedTest
  @CsvSource({
    "BUILD, COMMAND",
    "BUILD, AGENT",
    "BUILD, CONTAINER",
    "BUILD, ATTACHMENT",
    "COMMAND, BUILD",
    "COMMAND, AGENT",
    "COMMAND, CONTAINER",
    "COMMAND, ATTACHMENT",
    "COMMAND, COMMAND",
    "BUILD, BUILD"
  })
  void weavingInTwoWaysIsWeavingOnce(Way first, Way second) throws Exception {
    Path once = folder.resolve("once");
    first.load(unwoven(0), once).close();
    try (Way.Loaded loaded = second.load(once, folder.resolve("twice"))) {
      assertEquals(GUARDED, callEveryGuardedMethod(loaded.loader()));
      assertEquals(1, marksOn(loaded.loader(), first.name().toLowerCase()));
    }
  }

  /** The targets of the command are not known at load time, and its options are in the file. */
  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"AGENT", "CONTAINER", "ATTACHMENT"})
  void optionsThatTheCommandHasWovenStayAtLoadTime(Way way) throws Exception {
    Path once = folder.resolve("once");
    String target = Samples.Untouched.class.getName() + "#throwsDuplicate()";
    Path classes = write(Samples.Untouched.class, 0);
    Way.COMMAND.load(classes, once, target + " attempts=4").close();
    try (Way.Loaded loaded = way.load(once, folder.resolve("twice"), target + " attempts=2")) {
      Woven mark =
          loaded
              .loader()
              .loadClass(Samples.Untouched.class.getName())
              .getMethod("throwsDuplicate")
              .getAnnotation(Woven.class);
      assertEquals("command", mark.by());
      assertTrue(mark.policy().contains("\nretry=4,"), mark.policy());
    }
  }

  @ParameterizedTest
  @CsvSource({"AGENT, CONTAINER", "AGENT, ATTACHMENT", "ATTACHMENT, AGENT"})
  void twoWaysAtLoadTimeAreOneToo(Way outer, Way inner) throws Exception {
    Path classes = unwoven(0);
    // The transformer of the first one sees whatever the loader of the second one defines.
    try (Way.Loaded ignored = outer.load(classes, folder.resolve("a"));
        Way.Loaded loaded = inner.load(classes, folder.resolve("b"))) {
      assertEquals(GUARDED, callEveryGuardedMethod(loaded.loader()));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Way.class, names = "BUILD", mode = EnumSource.Mode.EXCLUDE)
  void aPatternDoesWithoutTheAnnotation(Way way) throws Exception {
    Path classes = write(Samples.Untouched.class, 0);
    String target = Samples.Untouched.class.getName() + "#throwsDuplicate()";
    try (Way.Loaded loaded = way.load(classes, folder.resolve("woven"), target)) {
      Object untouched = instanceOf(loaded.loader(), Samples.Untouched.class);
      assertInstanceOf(ConflictException.class, failureOf(untouched, "throwsDuplicate"));
    }
  }

  /** Calls each guarded method twice: once it returns, once it fails. */
  private static int callEveryGuardedMethod(ClassLoader loader) throws Exception {
    int called = 0;
    for (Class<?> shape : SHAPES) {
      Class<?> type = loader.loadClass(shape.getName());
      if (type == null || shape == Shapes.Repeats.class || shape == Shapes.class) {
        continue;
      }
      for (Method method : type.getDeclaredMethods()) {
        boolean asked =
            method.isAnnotationPresent(ConflictGuarded.class)
                || shape == Shapes.StoreOfFailures.class
                || shape == Shapes.Overrides.class;
        if (asked && !method.isSynthetic() && !Modifier.isAbstract(method.getModifiers())) {
          called++;
          callTwice(loader, type, method);
        }
      }
    }
    Object hider = instanceOf(loader, Shapes.Members.class);
    assertInstanceOf(ConflictException.class, failureOf(hider, "callsHidden", Samples.duplicate()));
    Object store = instanceOf(loader, Shapes.StoreOfFailures.class);
    assertInstanceOf(ConflictException.class, failureOf(store, "directly", Samples.duplicate()));
    return called;
  }

  private static void callTwice(ClassLoader loader, Class<?> type, Method method) throws Exception {
    method.setAccessible(true);
    Object target = Modifier.isStatic(method.getModifiers()) ? null : newInstance(loader, type);
    SQLException failure = Samples.duplicate();
    assertDoesNotThrow(() -> method.invoke(target, arguments(method, null)), method.toString());
    Throwable thrown =
        assertThrows(
                InvocationTargetException.class,
                () -> method.invoke(target, arguments(method, failure)),
                method.toString())
            .getTargetException();
    ConflictException conflict =
        assertInstanceOf(ConflictException.class, thrown, method.toString());
    assertSame(failure, conflict.getCause(), method.toString());
    assertEquals(ConflictKind.DUPLICATE_KEY, conflict.kind());
    SQLException other = new SQLException("null not allowed", "23502");
    Throwable same =
        assertThrows(
                InvocationTargetException.class,
                () -> method.invoke(target, arguments(method, other)))
            .getTargetException();
    assertSame(other, same, method.toString());
  }

  private static Object[] arguments(Method method, SQLException failure) {
    return Arrays.stream(method.getParameterTypes())
        .map(type -> type == SQLException.class ? failure : type == int.class ? 3 : "key")
        .toArray();
  }

  private static Object newInstance(ClassLoader loader, Class<?> type) throws Exception {
    if (type.isInterface()) {
      return instanceOf(loader, Shapes.Inherits.class);
    }
    if (Enum.class.isAssignableFrom(type)) {
      return loader.loadClass(Shapes.Choice.class.getName()).getEnumConstants()[0];
    }
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    return type.isRecord() ? constructor.newInstance(List.of("a")) : constructor.newInstance();
  }

  private static int marksOn(ClassLoader loader, String by) throws Exception {
    Class<?> members = loader.loadClass(Shapes.Members.class.getName());
    Woven woven = members.getMethod("ofVoid", SQLException.class).getAnnotation(Woven.class);
    assertEquals(by, woven.by());
    return members.getMethod("ofVoid", SQLException.class).getAnnotationsByType(Woven.class).length;
  }

  private static Object instanceOf(ClassLoader loader, Class<?> sample) throws Exception {
    Class<?> type = loader.loadClass(sample.getName());
    assertFalse(type == sample, "loaded by the loader of the tests");
    return type.getConstructor().newInstance();
  }

  @SuppressWarnings("unchecked")
  private static List<String> seenBy(Object repeats) throws Exception {
    return (List<String>) repeats.getClass().getField("seen").get(repeats);
  }

  private static Object call(Object target, String name, Object... arguments) throws Exception {
    for (Method method : target.getClass().getMethods()) {
      if (method.getName().equals(name)) {
        return method.invoke(target, arguments);
      }
    }
    throw new AssertionError("no method " + name);
  }

  private static Throwable failureOf(Object target, String name, Object... arguments) {
    return assertThrows(InvocationTargetException.class, () -> call(target, name, arguments))
        .getTargetException();
  }

  private Path unwoven(int readerFlags) throws Exception {
    Path classes = null;
    for (Class<?> shape : SHAPES) {
      classes = write(shape, readerFlags);
    }
    assertTrue(Files.exists(classes));
    return classes;
  }

  private Path write(Class<?> type, int readerFlags) throws Exception {
    Path classes = folder.resolve("unwoven");
    Path file = classes.resolve(type.getName().replace('.', '/') + ".class");
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(ClassFileLocator.ForClassLoader.read(type)).accept(writer, readerFlags);
    Files.createDirectories(file.getParent());
    Files.write(file, writer.toByteArray());
    return classes;
  }
}
