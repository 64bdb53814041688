package io.github.conflictguard.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.conflictguard.conflict.ClassifierOfApplication;
import io.github.conflictguard.conflict.ConflictClassifier;
import io.github.conflictguard.conflict.ConflictKind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationEvidenceTest {

  private final ConflictClassifier classifier = ConflictClassifiers.ofApplication();
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @TempDir private Path application;

  @AfterEach
  void leaveTheApplication() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void classifierOfTheApplicationIsAskedOnItsThreadsOnly() throws Exception {
    Exception theirs = new UnsupportedOperationException("shipped");
    assertNull(classifier.classify(theirs));

    enter(ClassifierOfApplication.class.getName());
    assertEquals(ConflictKind.WRONG_STATE, classifier.classify(theirs));

    leaveTheApplication();
    assertNull(classifier.classify(theirs));
  }

  @Test
  void itIsAskedBeforeTheDriverAndLeavesTheRestToIt() throws Exception {
    enter(ClassifierOfApplication.class.getName());
    SQLException duplicate = new SQLException("m", "23505");

    assertEquals(
        ConflictKind.WRONG_STATE,
        classifier.classify(new UnsupportedOperationException(duplicate)));
    assertEquals(ConflictKind.DUPLICATE_KEY, classifier.classify(duplicate));
  }

  @Test
  void oneThatThrowsHasSaidNothing() throws Exception {
    enter(ClassifierOfApplication.class.getName());

    assertEquals(
        ConflictKind.DUPLICATE_KEY,
        classifier.classify(new SQLException("confuse the classifier", "23505")));
  }

  @Test
  void oneThatCannotBeMadeIsLeftOut() throws Exception {
    Logger log = Logger.getLogger(ApplicationEvidence.class.getName());
    log.setLevel(Level.OFF);
    enter("com.example.NotThere\n" + ClassifierOfApplication.class.getName());

    assertEquals(
        ConflictKind.WRONG_STATE, classifier.classify(new UnsupportedOperationException()));
    log.setLevel(null);
  }

  @Test
  void undeployedApplicationIsNotKeptAlive() throws Exception {
    WeakReference<ClassLoader> undeployed = askInApplicationThatHasItsOwnClasses();
    for (int i = 0; i < 100 && undeployed.get() != null; i++) {
      System.gc();
    }

    assertNull(undeployed.get());
  }

  private WeakReference<ClassLoader> askInApplicationThatHasItsOwnClasses() throws Exception {
    ClassLoader loader = enter(ClassifierOfApplication.class.getName());
    assertNotSame(
        ClassifierOfApplication.class, loader.loadClass(ClassifierOfApplication.class.getName()));
    assertNotNull(classifier.classify(new UnsupportedOperationException()));
    leaveTheApplication();
    return new WeakReference<>(loader);
  }

  private ClassLoader enter(String services) throws IOException {
    Path file = application.resolve("META-INF/services/" + ConflictClassifier.class.getName());
    Files.createDirectories(file.getParent());
    Files.writeString(file, services);
    ClassLoader loader = new WebApplication(application.toUri().toURL());
    Thread.currentThread().setContextClassLoader(loader);
    return loader;
  }

  /** Has the application's class itself; the toolkit's come from its parent. */
  private static final class WebApplication extends URLClassLoader {

    WebApplication(URL url) {
      super(new URL[] {url}, ApplicationEvidenceTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(ClassifierOfApplication.class.getName()) || findLoadedClass(name) != null) {
        return super.loadClass(name, resolve);
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] code = in.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
