package io.github.conflictguard.weave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.RepeatCheck;
import io.github.conflictguard.guard.Woven;
import io.github.conflictguard.sample.Samples;
import io.github.conflictguard.sample.Shapes;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConflictGuardPluginTest {

  @TempDir private Path folder;

  @Test
  void aConflictLeavesAGuardedMethodAsConflictException() throws Exception {
    Object handler = woven(Samples.Handler.class);
    ConflictException conflict =
        assertInstanceOf(ConflictException.class, failureOf(handler, "throwsDuplicate"));
    assertEquals(ConflictKind.DUPLICATE_KEY, conflict.kind());
    assertInstanceOf(SQLException.class, conflict.getCause());
  }

  @Test
  void aWrappedConflictKeepsItsWholeChainAsCause() throws Exception {
    Object handler = woven(Samples.Handler.class);
    ConflictException conflict =
        assertInstanceOf(ConflictException.class, failureOf(handler, "throwsWrapped"));
    assertInstanceOf(IllegalStateException.class, conflict.getCause());
  }

  @Test
  void whatIsNoConflictGoesOnAsTheSameInstance() throws Exception {
    Object handler = woven(Samples.Handler.class);
    for (Throwable given :
        List.of(
            new SQLException("null not allowed", "23502"),
            new NullPointerException(),
            new StackOverflowError(),
            new Error(Samples.duplicate()),
            new ConflictException(ConflictKind.WRONG_STATE, "shipped"))) {
      assertSame(given, failureOf(handler, "throwsGiven", given));
    }
  }

  @Test
  void aMethodThatReturnsIsNotDisturbed() throws Exception {
    Object handler = woven(Samples.Handler.class);
    assertEquals(10, call(handler, "returns", 3, 4L, "abc"));
    assertEquals(-1.5, call(handler, "callsHidden", -1.5));
    assertEquals(2L, call(handler, "callsOnClass", (Object) new long[] {1, 2}));
    assertEquals("x", call(handler, "locks", (Callable<String>) () -> "x"));
  }

  @Test
  void privateStaticAndSynchronizedMethodsAreGuardedToo() throws Exception {
    Object handler = woven(Samples.Handler.class);
    assertInstanceOf(ConflictException.class, failureOf(handler, "callsHidden", 1.0));
    assertInstanceOf(
        ConflictException.class, failureOf(handler, "callsOnClass", (Object) new long[] {-1}));
    Callable<String> fails =
        () -> {
          throw Samples.duplicate();
        };
    assertInstanceOf(ConflictException.class, failureOf(handler, "locks", fails));
    assertEquals(List.of("left"), call(handler, "log"));
  }

  @Test
  void anUnguardedMethodOfAGuardedClassBehavesAsBefore() throws Exception {
    Object handler = woven(Samples.Handler.class);
    assertInstanceOf(SQLException.class, failureOf(handler, "unguarded", true));
  }

  @Test
  void aClassWithoutAnnotationStaysByteForByte() throws Exception {
    WovenClasses classes =
        WovenClasses.weave(folder, Samples.Untouched.class, Samples.Handler.class);
    assertArrayEquals(
        classes.before(Samples.Untouched.class), classes.after(Samples.Untouched.class));
    assertFalse(
        Arrays.equals(classes.before(Samples.Handler.class), classes.after(Samples.Handler.class)));
  }

  /** Byte Buddy asks twice about each class. */
  @Test
  void aWarningIsLoggedOnce() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(ConflictGuardPlugin.class.getName());
    logger.addHandler(handler);
    try {
      WovenClasses.weave(folder, Shapes.Repeats.class);
    } finally {
      logger.removeHandler(handler);
    }
    assertEquals(
        1, lines.stream().filter(line -> line.contains("holdsItsMonitor")).count(), lines::toString);
  }

  @Test
  void theUnguardedMethodsOfAGuardedClassKeepTheirCode() throws Exception {
    WovenClasses classes = WovenClasses.weave(folder, Samples.Handler.class);
    Map<String, Map<String, String>> before = MethodCode.of(classes.before(Samples.Handler.class));
    Map<String, Map<String, String>> after = MethodCode.of(classes.after(Samples.Handler.class));
    assertEquals(before.keySet(), after.keySet());
    for (String method : List.of("<init>", "callsHidden", "callsOnClass", "log", "unguarded")) {
      assertEquals(before.get(method), after.get(method), method);
    }
    assertNotEquals(before.get("returns"), after.get("returns"), "the comparison can fail");
  }

  @Test
  void withoutTypeValidationTheUnguardedMethodsStayByteForByte() throws Exception {
    Plugin.Engine engine =
        new Plugin.Engine.Default().with(new ByteBuddy().with(TypeValidation.DISABLED));
    WovenClasses classes = WovenClasses.weave(engine, folder, Samples.Handler.class);
    Map<String, Map<String, String>> before = MethodCode.of(classes.before(Samples.Handler.class));
    Map<String, Map<String, String>> after = MethodCode.of(classes.after(Samples.Handler.class));
    for (String method : List.of("<init>", "callsHidden", "callsOnClass", "log", "unguarded")) {
      assertEquals(before.get(method).toString(), after.get(method).toString(), method);
    }
  }

  @Test
  void theAnnotationOnATypeMeansItsPublicInstanceMethods() throws Exception {
    Class<?> heir =
        WovenClasses.weave(folder, Samples.WholeType.class, Samples.Heir.class)
            .load(Samples.Heir.class);
    Object object = heir.getConstructor().newInstance();
    assertInstanceOf(ConflictException.class, failureOf(object, "open"));
    assertInstanceOf(ConflictException.class, failureOf(object, "callsInner"));
    assertInstanceOf(SQLException.class, failureOf(object, "onClass"));
    assertFalse(isWoven(heir.getSuperclass(), "inner"));
  }

  @Test
  void aBridgeMethodHasNoGuardOfItsOwn() throws Exception {
    Class<?> bridged =
        WovenClasses.weave(folder, Samples.Bridged.class).load(Samples.Bridged.class);
    for (Method method : bridged.getDeclaredMethods()) {
      assertEquals(!method.isBridge(), method.isAnnotationPresent(Woven.class), method.toString());
    }
  }

  @Test
  void nestedGuardsPassTheConflictOfTheInnerOneOn() throws Exception {
    Object nested = woven(Samples.Nested.class);
    Throwable conflict = failureOf(nested, "outer");
    assertInstanceOf(ConflictException.class, conflict);
    assertInstanceOf(SQLException.class, conflict.getCause());
  }

  @Test
  void weavingTwiceIsWeavingOnce() throws Exception {
    WovenClasses once = WovenClasses.weave(folder, Samples.Handler.class);
    WovenClasses twice = once.weaveAgain(folder.resolve("again"));
    assertArrayEquals(once.after(Samples.Handler.class), twice.after(Samples.Handler.class));
    assertTrue(isWoven(twice.load(Samples.Handler.class), "throwsDuplicate"));
  }

  @Test
  void theAnnotationOnATypeMeansThoseWhoOverrideItsMethods() throws Exception {
    Class<?> heir =
        WovenClasses.weave(folder, Samples.WholeType.class, Samples.Heir.class)
            .load(Samples.Heir.class);
    Object object = heir.getConstructor().newInstance();
    assertInstanceOf(ConflictException.class, failureOf(object, "later"));
    assertInstanceOf(SQLException.class, failureOf(object, "ofItsOwn"));
  }

  @Test
  void aMethodThatCannotBeGuardedStopsTheBuildWithItsSignatureAndTheReason() {
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class,
            () -> WovenClasses.weave(folder, Samples.Unweavable.class));
    String message = String.valueOf(failure.getCause().getMessage());
    assertTrue(
        message.contains(
            Samples.Unweavable.class.getName()
                + "#store(long,java.lang.String[]): a native method has no body"),
        message);
    assertFalse(message.contains("save"), message);
    assertFalse(message.contains("fine"), message);
  }

  @Test
  void theBuildFindsThePluginByItsResource() throws Exception {
    try (InputStream names =
        ConflictGuardPlugin.class.getResourceAsStream("/META-INF/net.bytebuddy/build.plugins")) {
      assertEquals(
          ConflictGuardPlugin.class.getName(),
          new String(names.readAllBytes(), StandardCharsets.UTF_8).trim());
    }
  }

  /** The guard is gone or broken at run time: the application's exception must survive that. */
  @ParameterizedTest
  @ValueSource(strings = {"throwsDuplicate", "throwsWrapped"})
  void anInvisibleGuardNeverReplacesTheOriginalException(String method) throws Exception {
    WovenClasses classes = WovenClasses.weave(folder, Samples.Handler.class, Samples.class);
    Object handler = classes.loadWithoutGuard(Samples.Handler.class).getConstructor().newInstance();
    Throwable failure = failureOf(handler, method);
    assertFalse(failure instanceof LinkageError, failure.toString());
    assertFalse(failure instanceof ConflictException, failure.toString());
  }

  /** Before, nobody has to remember who reads the body of a request. */
  @ParameterizedTest
  @ValueSource(strings = {"repeats", "repeatsUnderLock"})
  void whatMayRunAgainTellsSoWhenItBegins(String method) throws Exception {
    Class<?> type =
        WovenClasses.weave(folder, Samples.Repeating.class)
            .loadWithOwnGuard(Samples.Repeating.class);
    Object handler = type.getConstructor().newInstance();
    Method mayBeAsked =
        type.getClassLoader().loadClass(RepeatCheck.class.getName()).getMethod("mayBeAsked");
    call(handler, "doesNot");
    assertEquals(false, mayBeAsked.invoke(null));
    call(handler, method);
    assertEquals(true, mayBeAsked.invoke(null));
  }

  private Object woven(Class<?> sample) throws Exception {
    return WovenClasses.weave(folder, sample).load(sample).getConstructor().newInstance();
  }

  private static Object call(Object target, String name, Object... arguments) throws Exception {
    for (Method method : target.getClass().getMethods()) {
      if (method.getName().equals(name) && !method.isBridge()) {
        return method.invoke(target, arguments);
      }
    }
    throw new AssertionError("no method " + name);
  }

  private static Throwable failureOf(Object target, String name, Object... arguments) {
    return assertThrows(InvocationTargetException.class, () -> call(target, name, arguments))
        .getTargetException();
  }

  private static boolean isWoven(Class<?> type, String name) {
    for (Method method : type.getDeclaredMethods()) {
      if (method.getName().equals(name) && method.isAnnotationPresent(Woven.class)) {
        return true;
      }
    }
    return false;
  }
}
