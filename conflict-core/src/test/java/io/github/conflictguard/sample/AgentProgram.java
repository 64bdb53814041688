package io.github.conflictguard.sample;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Run in a JVM of its own, with the agent and without; says what it sees, one line each. */
public final class AgentProgram {

  private AgentProgram() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "guards" -> guards();
      case "records" -> records();
      case "records-in-module" -> recordsInModule();
      case "applications" -> applications(arguments[1]);
      case "waits" -> waits();
      case "asks" -> asks(arguments[1]);
      case "many" -> many(Integer.parseInt(arguments[1]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void guards() {
    say("handler", thrownBy(() -> new Samples.Handler().throwsDuplicate()));
    say("store", thrownBy(() -> new Shapes.StoreOfFailures().store(Samples.duplicate())));
    say("untouched", thrownBy(() -> new Samples.Untouched().throwsDuplicate()));
  }

  /** What the recorder of the agent has noted at the end of each of these requests. */
  private static void records() throws Exception {
    say(
        "made and caught",
        recorded(() -> thrownBy(() -> new Samples.Untouched().throwsDuplicate())));
    say("directory", recorded(() -> new javax.naming.NameAlreadyBoundException()));
    say("file", recorded(() -> new java.nio.file.FileAlreadyExistsException("x")));
    say("of the application", recorded(() -> new Taken()));
    say("no conflict", recorded(() -> new IllegalStateException()));
    try (Connection database = DriverManager.getConnection("jdbc:h2:mem:agent");
        Statement statement = database.createStatement()) {
      statement.execute("CREATE TABLE t (id INT PRIMARY KEY)");
      statement.execute("INSERT INTO t VALUES (1)");
      say("swallowed", recorded(() -> insert(database, 1)));
      say(
          "then another one stored",
          recorded(
              () -> {
                insert(database, 1);
                insert(database, 2);
              }));
      say(
          "stored before",
          recorded(
              () -> {
                insert(database, 3);
                insert(database, 1);
              }));
      say(
          "by execute()",
          recorded(
              () -> {
                insert(database, 1);
                try (PreparedStatement more =
                    database.prepareStatement("INSERT INTO t VALUES (4)")) {
                  more.execute();
                }
              }));
      say(
          "by a batch",
          recorded(
              () -> {
                insert(database, 1);
                statement.addBatch("INSERT INTO t VALUES (5)");
                statement.executeBatch();
              }));
      say(
          "nothing updated",
          recorded(
              () -> {
                insert(database, 1);
                statement.executeUpdate("UPDATE t SET id = 9 WHERE id = 77");
              }));
      database.setAutoCommit(false);
      say(
          "committed without anything",
          recorded(
              () -> {
                insert(database, 1);
                database.commit();
              }));
      say(
          "rolled back",
          recorded(
              () -> {
                insert(database, 1);
                insert(database, 6);
                database.rollback();
                database.commit();
              }));
      say(
          "tried again and committed",
          recorded(
              () -> {
                insert(database, 1);
                database.rollback();
                insert(database, 7);
                database.commit();
              }));
      say(
          "stored, then failed",
          recorded(
              () -> {
                insert(database, 8);
                insert(database, 1);
                database.commit();
              }));
    }
    say("between requests", String.valueOf(noted("soFar").length));
  }

  /** Does the same in a class loader that sees nothing of the boot class loader but the JDK. */
  private static void recordsInModule() throws Exception {
    URL tests = AgentProgram.class.getProtectionDomain().getCodeSource().getLocation();
    URL driver = org.h2.Driver.class.getProtectionDomain().getCodeSource().getLocation();
    try (Module module = new Module(new URL[] {tests, driver})) {
      Thread.currentThread().setContextClassLoader(module);
      module
          .loadClass(AgentProgram.class.getName())
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {"records"});
    }
  }

  private static void insert(Connection database, int id) throws SQLException {
    try (PreparedStatement insert = database.prepareStatement("INSERT INTO t VALUES (?)")) {
      insert.setInt(1, id);
      insert.executeUpdate();
    } catch (SQLException e) {
      // Swallowed.
    }
  }

  /** Applications that see the guard of the agent, one of their own, or none at all. */
  private static void applications(String coreClasses) throws Exception {
    URL tests = AgentProgram.class.getProtectionDomain().getCodeSource().getLocation();
    URL core = Path.of(coreClasses).toUri().toURL();
    ClassLoader nothing = ClassLoader.getPlatformClassLoader();
    try (ChildFirst sees = new ChildFirst(new URL[] {tests}, AgentProgram.class.getClassLoader());
        ChildFirst carries = new ChildFirst(new URL[] {tests, core}, sees.getParent());
        URLClassLoader blind = new URLClassLoader(new URL[] {tests}, nothing)) {
      for (ClassLoader application : List.of(sees, carries, blind)) {
        Class<?> handler = application.loadClass(Samples.Handler.class.getName());
        Object target = handler.getConstructor().newInstance();
        Throwable thrown = thrownBy(() -> handler.getMethod("throwsDuplicate").invoke(target));
        say(
            application == sees ? "sees" : application == carries ? "carries" : "blind",
            thrown.getClass().getSimpleName()
                + (thrown.getClass().getClassLoader() == application ? " of its own" : ""));
      }
      Class<?> recordings = carries.loadClass("io.github.conflictguard.recorder.Recordings");
      recordings.getMethod("begin").invoke(null);
      Exception noted = Samples.duplicate();
      Throwable[] found = (Throwable[]) recordings.getMethod("end").invoke(null);
      say("recordings", String.valueOf(found.length == 1 && found[0] == noted));
    }
  }

  /** Loads a class, waits for a line, and calls it. */
  private static void waits() throws IOException {
    Samples.Handler handler = new Samples.Handler();
    say("before", thrownBy(handler::throwsDuplicate));
    System.in.read();
    say("after", thrownBy(handler::throwsDuplicate));
  }

  /** Asks the agent for a guard, as an application does when it starts. */
  private static void asks(String target) throws Exception {
    Samples.Untouched untouched = new Samples.Untouched();
    say("before", thrownBy(untouched::throwsDuplicate));
    Consumer<String> log = line -> {};
    AutoCloseable asked =
        (AutoCloseable)
            Class.forName("io.github.conflictguard.agent.loadtime.LoadTimeWeaver")
                .getMethod("byAgent", ClassLoader.class, List.class, Consumer.class)
                .invoke(null, AgentProgram.class.getClassLoader(), List.of(target), log);
    say("after", thrownBy(untouched::throwsDuplicate));
    asked.close();
  }

  /** Loads and uses generated classes; prints how many of them are guarded. */
  private static void many(int count) throws Exception {
    int guarded = 0;
    int intact = 0;
    for (int i = 0; i < count; i++) {
      Class<?> type = Class.forName("many.C" + i);
      Object target = type.getConstructor().newInstance();
      Method work = type.getMethod("work", int.class);
      if (work.invoke(target, 2).equals(i + 2)) {
        intact++;
      }
      Throwable thrown = thrownBy(() -> type.getMethod("fail").invoke(target));
      guarded += thrown.getClass().getSimpleName().equals("ConflictException") ? 1 : 0;
    }
    say("guarded", String.valueOf(guarded));
    say("intact", String.valueOf(intact));
  }

  private static String recorded(Action action) throws Exception {
    noted("begin");
    action.run();
    Throwable[] noted = noted("end");
    return Arrays.stream(noted).map(t -> t.getClass().getSimpleName()).toList().toString();
  }

  /** By name: without the agent there is none. */
  private static Throwable[] noted(String method) throws ReflectiveOperationException {
    Class<?> recorder =
        Class.forName("io.github.conflictguard.agent.recorder.Recorder", false, null);
    Object noted = recorder.getMethod(method).invoke(null);
    return noted == null ? new Throwable[0] : (Throwable[]) noted;
  }

  private static Throwable thrownBy(Action action) {
    try {
      action.run();
    } catch (InvocationTargetException e) {
      return e.getTargetException();
    } catch (Exception e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }

  private static void say(String what, Throwable thrown) {
    say(what, thrown.getClass().getSimpleName());
  }

  private static void say(String what, String text) {
    System.out.println(what + ": " + text);
  }

  /** An exception of the application that the agent is told of. */
  public static class Taken extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private interface Action {
    void run() throws Exception;
  }

  /** Delegates to the JDK alone, as JBoss Modules and OSGi do. */
  private static final class Module extends URLClassLoader {

    Module(URL[] urls) {
      super(urls, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("io.github.conflictguard.agent.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  /** Looks into itself first. */
  private static final class ChildFirst extends URLClassLoader {

    ChildFirst(URL[] urls, ClassLoader parent) {
      super(urls, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        try (InputStream in = findResource(name.replace('.', '/') + ".class").openStream()) {
          byte[] code = in.readAllBytes();
          return defineClass(name, code, 0, code.length);
        } catch (IOException | NullPointerException e) {
          return super.loadClass(name, resolve);
        }
      }
    }
  }
}
