package io.github.conflictguard.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.GuardOverrides;
import io.github.conflictguard.guard.WovenGuard;
import io.github.conflictguard.sample.Exits;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.MemberRemoval;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails when a method with a lock is left, its key is free afterwards. */
class LockExitsTest {

  private static final Class<?>[] SAMPLES = {Exits.Base.class, Exits.Orders.class};
  private static final Runnable NOTHING = () -> {};

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "returns",
        "fails",
        "repeats",
        "recovers",
        "later",
        "recoversLater",
        "throwsAtOnce"
      })
  void aClassThatIsMissingWhenTheMethodIsLeftLeavesNoLock(String method) throws Exception {
    WovenClasses woven = WovenClasses.weave(folder, SAMPLES);
    Partial whole = new Partial(woven.folder(), "-", null);
    call(whole, method);
    for (String missing : whole.asked) {
      for (Error failure : List.of(new NoClassDefFoundError(missing), new OutOfMemoryError("x"))) {
        Partial partial = new Partial(woven.folder(), missing, failure);
        Object result = call(partial, method);
        assertTrue(partial.hasFailed, missing);
        assertEquals(0, partial.locked(), method + " without " + missing);
        if (result instanceof CompletionStage<?> stage) {
          assertTrue(stage.toCompletableFuture().isDone(), method + " without " + missing);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"returns", "fails", "repeats", "recovers", "later", "recoversLater"})
  void aPolicyThatCannotBeReadWhenTheMethodIsLeftLeavesNoLock(String method) throws Exception {
    Object orders = orders(WovenClasses.weave(folder, SAMPLES));
    try {
      invoke(orders, method, () -> failOverrides(new OutOfMemoryError("x")));
    } finally {
      GuardOverrides.set(getClass().getClassLoader(), null);
    }
    assertIsFree(orders);
  }

  @Test
  void aRecoverMethodThatIsGoneIsReportedAndLeavesNoLock() throws Exception {
    WovenClasses woven = WovenClasses.weave(folder, SAMPLES);
    new ByteBuddy()
        .redefine(Exits.Base.class)
        .visit(new MemberRemoval().stripMethods(ElementMatchers.nameStartsWith("gone")))
        .make()
        .saveIn(woven.folder().toFile());
    Object orders = orders(woven);
    List<String> logged = new ArrayList<>();
    Handler handler = new Collecting(logged);
    Logger log = Logger.getLogger(WovenGuard.class.getName());
    log.addHandler(handler);
    try {
      assertInstanceOf(ConflictException.class, invoke(orders, "unlinked", NOTHING));
      assertIsFree(orders);
      CompletableFuture<?> later =
          assertInstanceOf(CompletableFuture.class, invoke(orders, "unlinkedLater", NOTHING));
      assertInstanceOf(
          ConflictException.class, later.handle((r, thrown) -> causeOf(thrown)).join());
      assertIsFree(orders);
    } finally {
      log.removeHandler(handler);
    }
    assertEquals(2, logged.size(), logged.toString());
    assertTrue(logged.get(0).contains("#unlinked("), logged.get(0));
    assertTrue(logged.get(0).contains("the recover method gone "), logged.get(0));
  }

  /** Memory may be exhausted where the lock is to be released. */
  @Test
  void nothingIsAllocatedByWovenCodeWhileTheLockIsHeld() throws Exception {
    byte[] code = WovenClasses.weave(folder, Exits.Plain.class).after(Exits.Plain.class);
    List<String> found = new ArrayList<>();
    new ClassReader(code).accept(new AfterEntering(found), 0);
    assertEquals(List.of("number: enter", "later: enter"), found);
  }

  private void failOverrides(Error failure) {
    GuardOverrides.set(
        getClass().getClassLoader(),
        policy -> {
          if (policy.handler().contains("Exits")) {
            throw failure;
          }
          return policy;
        });
  }

  private static Throwable causeOf(Throwable thrown) {
    return thrown instanceof CompletionException ? thrown.getCause() : thrown;
  }

  private static void assertIsFree(Object orders) {
    assertEquals(
        "k",
        CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return invoke(orders, "returns", NOTHING);
                  } catch (Exception e) {
                    throw new CompletionException(e);
                  }
                })
            .join());
  }

  private static Object orders(WovenClasses woven) throws Exception {
    return woven.load(Exits.Orders.class).getConstructor().newInstance();
  }

  private static Object call(Partial loader, String method) throws Exception {
    Object orders = loader.loadClass(Exits.Orders.class.getName()).getConstructor().newInstance();
    return invoke(orders, method, loader::arm);
  }

  /** Returns what the method returns or throws. */
  private static Object invoke(Object orders, String name, Runnable work) throws Exception {
    Method method = orders.getClass().getMethod(name, String.class, Runnable.class);
    try {
      return method.invoke(orders, "k", work);
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  /** Loads the guard anew, and fails for one class once it is armed. */
  private static final class Partial extends URLClassLoader {

    private final Set<String> asked = new LinkedHashSet<>();
    private final String missing;
    private final Error failure;
    private boolean armed;
    private boolean hasFailed;

    Partial(Path woven, String missing, Error failure) throws IOException {
      super(
          new URL[] {
            woven.toUri().toURL(),
            ConflictGuarded.class.getProtectionDomain().getCodeSource().getLocation()
          },
          getPlatformClassLoader());
      this.missing = missing;
      this.failure = failure;
    }

    void arm() {
      armed = true;
    }

    int locked() throws Exception {
      armed = false;
      Class<?> locks = loadClass("io.github.conflictguard.guard.GuardLocks");
      Field all = locks.getDeclaredField("OF_APPLICATION");
      all.setAccessible(true);
      Method size = locks.getDeclaredMethod("size");
      size.setAccessible(true);
      return (Integer) size.invoke(all.get(null));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (armed && name.startsWith("io.github") && findLoadedClass(name) == null) {
        asked.add(name);
        if (name.equals(missing)) {
          hasFailed = true;
          throw failure;
        }
      }
      return super.loadClass(name, resolve);
    }
  }

  private static final class Collecting extends Handler {

    private final List<String> messages;

    Collecting(List<String> messages) {
      this.messages = messages;
    }

    @Override
    public void publish(LogRecord record) {
      messages.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Finds what is allocated between the acquisition of the lock and the end of a method. */
  private static final class AfterEntering extends ClassVisitor {

    private final List<String> found;

    AfterEntering(List<String> found) {
      super(Opcodes.ASM9);
      this.found = found;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String method, String descriptor, String signature, String[] thrown) {
      return new MethodVisitor(Opcodes.ASM9) {
        private boolean entered;
        private boolean left;

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String type, boolean isInterface) {
          if (name.equals("enter")) {
            entered = true;
            found.add(method + ": enter");
          }
          left |= name.equals("completing"); // The recover method is called without the lock.
          note("boxed", name.equals("valueOf"));
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
          note(type, opcode == Opcodes.NEW || opcode == Opcodes.ANEWARRAY);
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
          note("array", opcode == Opcodes.NEWARRAY);
        }

        private void note(String what, boolean allocates) {
          if (allocates && entered && !left) {
            found.add(method + ": " + what);
          }
        }
      };
    }
  }
}
