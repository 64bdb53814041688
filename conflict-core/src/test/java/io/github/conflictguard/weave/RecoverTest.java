package io.github.conflictguard.weave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.classfile.PolicyOverrides;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.GuardOverrides;
import io.github.conflictguard.guard.RepeatCheck;
import io.github.conflictguard.guard.Woven;
import io.github.conflictguard.loadtime.Way;
import io.github.conflictguard.sample.Recoveries;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods that recover from what would leave a guarded one, woven in every way. */
class RecoverTest {

  private static final SQLException DUPLICATE = new SQLException("m", "23505");
  private static final SQLException DEADLOCK = new SQLException("m", "40001");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Way.class)
  void itsResultIsTheResultWhereverItStands(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Object orders = orders(loaded);
      assertEquals("saved 12x", call(orders, "behind", 1, 2L, "x", null));
      assertEquals("recovered 12x duplicate-key", call(orders, "behind", 1, 2L, "x", DUPLICATE));
      assertEquals("1x", call(orders, "reassigned", 1, "x", DUPLICATE));
      assertEquals(7_000_000_002L, call(orders, "count", 2.0, DUPLICATE));
      assertEquals(1L, call(orders, "count", 2.0, null));
      call(orders, "nothing", DUPLICATE);
      assertEquals(List.of("noted duplicate-key"), seenBy(orders));
      assertEquals(41, call(orders, "ofClass", DUPLICATE));
      assertEquals("inherited k duplicate-key", call(orders, "above", "k"));
      assertEquals("interface k duplicate-key", call(orders, "fromInterface", "k"));
      assertEquals("overridden", call(orders, "virtual", "k"));
      assertEquals("wrong-state", call(orders, "state", (Object) null));
      assertArrayEquals(
          new int[] {2}, (int[]) call(orders, "array", (Object) new String[] {"a", "b"}));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void itIsCalledWhenTheRetriesAreUsedUp(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      assertEquals("saved", call(orders(loaded), "retried", 2, DEADLOCK));
      assertEquals("recovered after 3", call(orders(loaded), "retried", 9, DEADLOCK));
      assertEquals("recovered after 1", call(orders(loaded), "retried", 9, DUPLICATE));
      assertEquals(
          "recovered from IOException after 2",
          call(orders(loaded), "unavailable", new IOException("m")));
      assertEquals(
          "recovered from ConflictException after 1",
          call(orders(loaded), "unavailable", DUPLICATE));
      IllegalStateException other = new IllegalStateException("m");
      assertSame(other, failureOf(orders(loaded), "unavailable", other));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void itIsCalledWhereTheLockWasNotToBeHadAndRunsWithoutIt(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Object orders = orders(loaded);
      Runnable nothing = () -> {};
      Runnable other =
          () -> {
            CompletableFuture<Object> found =
                CompletableFuture.supplyAsync(() -> callUnchecked(orders, "locked", "k", nothing));
            assertEquals("locked", found.join());
          };
      assertEquals("duplicate-key", call(orders, "locked", "k", other));
      assertEquals("duplicate-key", call(orders, "locked", "k", nothing));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whatIsNotMeantLeaves(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Object orders = orders(loaded);
      assertEquals("recovered", call(orders, "only", DUPLICATE));
      assertSame(DEADLOCK, failureOf(orders, "only", DEADLOCK));
      assertEquals("recovered m", call(orders, "untranslated", DUPLICATE));
      IOException other = new IOException("m");
      assertSame(other, failureOf(orders, "untranslated", other));
      assertEquals("recover duplicate-key", failureOf(orders, "refused", DUPLICATE).getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void asynchronousWorkIsRecoveredFromWhenItFails(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Object orders = orders(loaded);
      CompletableFuture<String> work = new CompletableFuture<>();
      CompletableFuture<?> later = (CompletableFuture<?>) call(orders, "later", work, null);
      work.completeExceptionally(DUPLICATE);
      assertEquals("recovered duplicate-key", later.join());
      CompletableFuture<?> thrown = (CompletableFuture<?>) call(orders, "later", work, DUPLICATE);
      assertEquals("recovered duplicate-key", thrown.join());
      CompletableFuture<String> other = new CompletableFuture<>();
      CompletableFuture<?> cancelled = (CompletableFuture<?>) call(orders, "later", other, null);
      cancelled.cancel(true);
      assertThrows(CancellationException.class, other::join);
      CompletableFuture<?> given =
          (CompletableFuture<?>) call(orders, "later", new CompletableFuture<String>(), null);
      given.completeExceptionally(DUPLICATE);
      assertSame(DUPLICATE, assertThrows(CompletionException.class, given::join).getCause());
      CompletableFuture<String> broken = CompletableFuture.failedFuture(new IOException("m"));
      CompletableFuture<?> left = (CompletableFuture<?>) call(orders, "later", broken, null);
      assertInstanceOf(
          IOException.class, assertThrows(CompletionException.class, left::join).getCause());
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void stagesOfOthersAreRecoveredFromToo(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Object orders = orders(loaded);
      CompletableFuture<String> work = new CompletableFuture<>();
      CompletionStage<?> stage =
          (CompletionStage<?>) call(orders, "stage", "k", work.minimalCompletionStage());
      work.completeExceptionally(new CompletionException(DUPLICATE));
      assertEquals("recovered k", stage.toCompletableFuture().join());
      CompletionStage<?> done =
          (CompletionStage<?>)
              call(orders, "stage", "k", CompletableFuture.completedStage("saved"));
      assertEquals("saved", done.toCompletableFuture().join());
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void itIsSwitchedOffWhileTheApplicationRuns(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Object orders = orders(loaded);
      ClassLoader application = getClass().getClassLoader();
      try {
        GuardOverrides.set(
            application, PolicyOverrides.parse(List.of("**Orders#only recover=false")));
        assertInstanceOf(ConflictException.class, failureOf(orders, "only", DUPLICATE));
        GuardOverrides.set(application, PolicyOverrides.parse(List.of("**#* enabled=false")));
        assertSame(DUPLICATE, failureOf(orders, "only", DUPLICATE));
        GuardOverrides.set(application, PolicyOverrides.parse(List.of("**#* recover=other")));
        assertEquals("recovered", call(orders, "only", DUPLICATE));
      } finally {
        GuardOverrides.set(application, null);
      }
      RepeatCheck before = RepeatCheck.install(new Off());
      try {
        assertSame(DUPLICATE, failureOf(orders, "only", DUPLICATE));
      } finally {
        RepeatCheck.install(before);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void theMarkNamesIt(Way way) throws Exception {
    try (Way.Loaded loaded = load(way)) {
      Method only = method(orders(loaded), "only");
      assertTrue(only.getAnnotation(Woven.class).policy().contains("\nrecover=recoverOnly"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {Recoveries.Unfit.class, Recoveries.Itself.class, Recoveries.OfObject.class})
  void aNameThatFitsNothingStopsTheBuildAndSaysWhatWouldFit(Class<?> sample) {
    Exception refused =
        assertThrows(Exception.class, () -> WovenClasses.weave(folder.resolve("w"), sample));
    String method = sample == Recoveries.Itself.class ? "save" : "other";
    String begin =
        (sample == Recoveries.OfObject.class ? "static " : "") + "java.lang.String " + method;
    String text = textOf(refused);
    assertTrue(
        text.contains(
            "what would fit is '"
                + begin
                + "(int, ConflictException)', '"
                + begin
                + "(ConflictException, int)' or '"
                + begin
                + "(int)'"),
        text);
  }

  /** A build that weaves anew what it has woven before. */
  @Test
  void anotherRecoverMethodNeedsAFreshClassFile() throws Exception {
    String text = "handler=a#b()\nretry=3,0,0,0.0,1";
    assertTrue(Renewal.isSameShape(text, "handler=a#b()\nretry=5,0,0,0.0,1"));
    assertFalse(Renewal.isSameShape(text, text + "\nrecover=one"));
    assertFalse(Renewal.isSameShape(text + "\nrecover=two", text + "\nrecover=one"));
    assertTrue(
        Renewal.isSameShape(
            text + "\nrecover=one\ntranslate=false", text + "\nrecover=one\nenabled=false"));
  }

  private static String textOf(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      text.append(at);
      Arrays.stream(at.getSuppressed()).forEach(text::append);
    }
    return text.toString();
  }

  private Way.Loaded load(Way way) throws Exception {
    Path classes = folder.resolve("unwoven");
    for (Class<?> sample :
        List.of(
            Recoveries.class,
            Recoveries.Base.class,
            Recoveries.Fallback.class,
            Recoveries.Orders.class)) {
      Path file = classes.resolve(sample.getName().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, ClassFileLocator.ForClassLoader.read(sample));
    }
    return way.load(classes, folder.resolve("woven"));
  }

  private static Object orders(Way.Loaded loaded) throws Exception {
    return loaded
        .loader()
        .loadClass(Recoveries.Orders.class.getName())
        .getConstructor()
        .newInstance();
  }

  private static Method method(Object target, String name) {
    return Arrays.stream(target.getClass().getMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Object call(Object target, String name, Object... arguments) throws Exception {
    try {
      return method(target, name).invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }

  private static Object callUnchecked(Object target, String name, Object... arguments) {
    try {
      return call(target, name, arguments);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Throwable failureOf(Object target, String name, Object... arguments) {
    return assertThrows(Exception.class, () -> call(target, name, arguments));
  }

  private static Object seenBy(Object target) throws Exception {
    return target.getClass().getField("seen").get(target);
  }

  /** As in a request of an application whose guards are off. */
  private static final class Off implements RepeatCheck {

    @Override
    public boolean mayRepeat(String code) {
      return true;
    }

    @Override
    public boolean isOff() {
      return true;
    }
  }
}
