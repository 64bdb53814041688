package io.github.conflictguard.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.archive.WeaveCommand;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.count.RetryCounts;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.Woven;
import io.github.conflictguard.loadtime.Way;
import io.github.conflictguard.recorder.Recorder;
import io.github.conflictguard.sample.Kinds;
import io.github.conflictguard.sample.Samples;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.SuperMethodCall;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guard does beyond telling conflicts from other failures, woven in every way. */
class KindsTest {

  private static final List<Class<?>> KINDS =
      List.of(
          Kinds.class,
          Kinds.Failing.class,
          Kinds.Uploads.class,
          Kinds.Broken.class,
          Kinds.Order.class,
          Kinds.Later.class,
          Kinds.Untranslated.class,
          Kinds.OfClass.class,
          Kinds.Repeating.class);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Way.class)
  void aMethodThatHasReadAStreamItWasHandedDoesNotRunAgain(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Object uploads = newInstance(loaded, Kinds.Uploads.class);
      Throwable left =
          failureOf(
              uploads, "store", InputStream.class, new ByteArrayInputStream("body".getBytes()));
      assertTrue(
          left.getMessage().contains("not repeated: an argument can be read only once"),
          left.getMessage());
      assertEquals(List.of("body"), seenBy(uploads));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void noErrorLeavesALockBehind(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Object broken = newInstance(loaded, Kinds.Broken.class);
      for (int pad = 0; pad < 50; pad++) {
        int depth = pad;
        onSmallStack(() -> padded(depth, broken, "deep"));
        onSmallStack(() -> padded(depth, broken, "beyond"));
        assertInstanceOf(OutOfMemoryError.class, failureOf(broken, "full", String.class, "k"));
        assertEquals("free", onSmallStack(() -> call(broken, "free", String.class, "k")));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aLockMayBeNamedByAGuardedMethodOfTheSameObject(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Object order = newInstance(loaded, Kinds.Order.class);
      assertEquals("changed 7", call(order, "change"));
      assertEquals("7", call(order, "getId"));
      assertTrue(isWoven(order.getClass().getMethod("getId")));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void theLockIsKeptUntilAsynchronousWorkHasEnded(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Object later = newInstance(loaded, Kinds.Later.class);
      for (String name : List.of("future", "stage")) {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<?> result =
            (CompletableFuture<?>) call(later, name, CompletableFuture.class, work);
        CompletableFuture<String> other = CompletableFuture.completedFuture("other");
        ConflictException locked =
            assertInstanceOf(
                ConflictException.class, failureOf(later, name, CompletableFuture.class, other));
        assertEquals(ConflictKind.LOCKED, locked.kind());
        work.complete("done");
        assertEquals(name.equals("stage") ? "done!" : "done", result.join());
        CompletableFuture<?> next =
            (CompletableFuture<?>) call(later, name, CompletableFuture.class, other);
        assertTrue(String.valueOf(next.join()).startsWith("other"));
      }
      assertInstanceOf(ConflictException.class, failureOf(later, "fails"));
      assertNull(call(later, "none"));
      assertNull(call(later, "none"));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aConflictOfAsynchronousWorkIsTranslated(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Object later = newInstance(loaded, Kinds.Later.class);
      for (String name : List.of("future", "stage", "withoutLock")) {
        SQLException failure = Samples.duplicate();
        CompletableFuture<String> work = new CompletableFuture<>();
        work.completeExceptionally(failure);
        CompletableFuture<?> result =
            (CompletableFuture<?>) call(later, name, CompletableFuture.class, work);
        Throwable left = assertThrows(CompletionException.class, result::join).getCause();
        assertEquals(
            ConflictKind.DUPLICATE_KEY, assertInstanceOf(ConflictException.class, left).kind());
        assertSame(failure, left.getCause());
      }
      IllegalStateException other = new IllegalStateException();
      CompletableFuture<?> result =
          (CompletableFuture<?>)
              call(later, "future", CompletableFuture.class, CompletableFuture.failedFuture(other));
      assertSame(other, assertThrows(CompletionException.class, result::join).getCause());
      CompletableFuture<String> cancelled = new CompletableFuture<>();
      ((CompletableFuture<?>) call(later, "future", CompletableFuture.class, cancelled))
          .cancel(true);
      assertTrue(cancelled.isCancelled());
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void anUntranslatedConflictLeavesAsTheSameInstanceAndIsNoted(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Object untranslated = newInstance(loaded, Kinds.Untranslated.class);
      SQLException failure = Samples.duplicate();
      Recorder.begin();
      assertSame(failure, failureOf(untranslated, "save", SQLException.class, failure));
      assertEquals(List.of(failure), List.of(Recorder.end()));
      SQLException deadlock = new SQLException("deadlock", "40001");
      assertSame(deadlock, failureOf(untranslated, "outer", SQLException.class, deadlock));
      assertEquals(List.of("run", "run", "run"), seenBy(untranslated));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aMethodRunsAgainAfterTheKindsAndExceptionsThatItNames(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Object stale = newInstance(loaded, Kinds.Repeating.class);
      assertEquals("stored", call(stale, "stale", long.class, 7L));
      assertEquals(3, seenBy(stale).size());
      Object notNamed = newInstance(loaded, Kinds.Repeating.class);
      assertInstanceOf(ConflictException.class, failureOf(notNamed, "notNamed", long.class, 7L));
      assertEquals(1, seenBy(notNamed).size());
      Object broken = newInstance(loaded, Kinds.Repeating.class);
      assertEquals("stored", call(broken, "broken", int.class, 3));
      Object hopeless = newInstance(loaded, Kinds.Repeating.class);
      assertInstanceOf(IllegalStateException.class, failureOf(hopeless, "broken", int.class, 100));
      assertEquals(3, seenBy(hopeless).size());
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aStaticMethodDoesNotRunAgainWhileTheMonitorOfItsClassIsHeld(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Object holder = newInstance(loaded, Kinds.OfClass.class);
      for (String name : List.of("retried", "locked")) {
        String message = String.valueOf(failureOf(holder, name + "Inside").getMessage());
        assertTrue(message.contains("not repeated: the monitor is held"), message);
      }
      assertEquals(2, holder.getClass().getField("runs").get(null));
      failureOf(holder, "retried");
      failureOf(holder, "locked");
      assertEquals(8, holder.getClass().getField("runs").get(null));
    }
  }

  @Test
  void attemptsAreCounted() throws Exception {
    try (Way.Loaded loaded = load(Way.BUILD)) {
      long[] before = countsOf("#broken(int)");
      call(newInstance(loaded, Kinds.Repeating.class), "broken", int.class, 3);
      failureOf(newInstance(loaded, Kinds.Repeating.class), "broken", int.class, 100);
      long[] after = countsOf("#broken(int)");
      assertEquals(
          List.of(4L, 1L, 1L),
          List.of(after[0] - before[0], after[1] - before[1], after[2] - before[2]));
    }
  }

  /** As CGLIB, Hibernate and others make them. */
  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"AGENT", "ATTACHMENT"})
  void classesThatAreGeneratedAtRunTimeAreLeftAsTheyAre(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Class<?> parent = loaded.loader().loadClass(Kinds.Untranslated.class.getName());
      for (String name : List.of("$$EnhancerByMe$$1", "Plain")) {
        Class<?> generated =
            new ByteBuddy()
                .subclass(parent)
                .name(parent.getName() + name)
                .method(ElementMatchers.named("save"))
                .intercept(SuperMethodCall.INSTANCE)
                .make()
                .load(loaded.loader(), ClassLoadingStrategy.Default.INJECTION)
                .getLoaded();
        assertTrue(isWoven(parent.getMethod("save", SQLException.class)));
        assertTrue(!isWoven(generated.getDeclaredMethod("save", SQLException.class)), name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"attempts=4", "attempts=4 backoffMillis=0 on=stale-version"})
  void anotherPolicyTakesThePlaceOfTheOneThatWasWoven(String options) throws Exception {
    Path classes = write(Kinds.Broken.class);
    String method = Kinds.Broken.class.getName() + "#further(long) ";
    assertEquals(0, command(classes, method + "attempts=2"));
    assertEquals(0, command(classes, method + options));
    assertEquals(1, command(classes, method + "lock=k"), "that is other code");
    assertEquals(0, command(classes, method + options));
    try (Way.Loaded loaded = Way.BUILD.load(classes, folder.resolve("again"))) {
      Method further =
          loaded
              .loader()
              .loadClass(Kinds.Broken.class.getName())
              .getDeclaredMethod("further", long.class);
      assertTrue(further.getAnnotation(Woven.class).policy().contains("\nretry=4,"));
      assertEquals(1, further.getAnnotationsByType(Woven.class).length);
    }
  }

  private static int command(Path classes, String target) {
    return WeaveCommand.run(System.out, System.err, "--target", target, classes.toString());
  }

  private static long[] countsOf(String handler) {
    return RetryCounts.all().stream()
        .filter(counts -> counts.getHandler().endsWith(handler))
        .findFirst()
        .map(
            counts -> new long[] {counts.getRepeated(), counts.getSucceeded(), counts.getGivenUp()})
        .orElse(new long[3]);
  }

  private static Throwable padded(int pad, Object target, String name) throws Exception {
    return pad > 0 ? padded(pad - 1, target, name) : failureOf(target, name, "k");
  }

  private static Throwable failureOf(Object target, String name, String key) throws Exception {
    Method method = target.getClass().getMethod(name, String.class, long.class);
    return assertThrows(InvocationTargetException.class, () -> method.invoke(target, key, 1L))
        .getTargetException();
  }

  private static Object onSmallStack(java.util.concurrent.Callable<Object> work) throws Exception {
    FutureTask<Object> task = new FutureTask<>(work);
    new Thread(null, task, "small", 256 * 1024).start();
    return task.get();
  }

  private static boolean isWoven(Method method) {
    return method.isAnnotationPresent(Woven.class);
  }

  private Way.Loaded load(Way way) throws Exception {
    Path classes = null;
    for (Class<?> kind : KINDS) {
      classes = write(kind);
    }
    return way.load(classes, folder.resolve("woven"));
  }

  private Path write(Class<?> type) throws Exception {
    Path classes = folder.resolve("unwoven");
    Path file = classes.resolve(type.getName().replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, ClassFileLocator.ForClassLoader.read(type));
    return classes;
  }

  private static Object newInstance(Way.Loaded loaded, Class<?> type) throws Exception {
    return loaded.loader().loadClass(type.getName()).getConstructor().newInstance();
  }

  @SuppressWarnings("unchecked")
  private static List<String> seenBy(Object target) throws Exception {
    return (List<String>) target.getClass().getField("seen").get(target);
  }

  private static Object call(Object target, String name) throws Exception {
    return target.getClass().getMethod(name).invoke(target);
  }

  private static Object call(Object target, String name, Class<?> parameter, Object argument)
      throws Exception {
    return target.getClass().getMethod(name, parameter).invoke(target, argument);
  }

  private static Throwable failureOf(Object target, String name) {
    return assertThrows(InvocationTargetException.class, () -> call(target, name))
        .getTargetException();
  }

  private static Throwable failureOf(
      Object target, String name, Class<?> parameter, Object argument) {
    return assertThrows(
            InvocationTargetException.class, () -> call(target, name, parameter, argument))
        .getTargetException();
  }
}
