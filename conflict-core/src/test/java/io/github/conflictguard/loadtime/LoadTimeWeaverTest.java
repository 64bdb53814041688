package io.github.conflictguard.loadtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.guard.Woven;
import io.github.conflictguard.sample.Samples;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where load-time weaving begins and ends. */
class LoadTimeWeaverTest {

  private static final String HANDLER = Samples.Handler.class.getName();

  @TempDir private Path classes;
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void writeClass() throws Exception {
    Path file = classes.resolve(HANDLER.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, ClassFileLocator.ForClassLoader.read(Samples.Handler.class));
  }

  @Test
  void whereJava8CannotBeAttachedToTheLogNamesTheJdk() {
    assertTrue(LoadTimeWeaver.needOf("1.8").contains("tools.jar of a JDK"));
    assertEquals("", LoadTimeWeaver.needOf("17"));
  }

  @Test
  void anAttachmentWeavesOneApplicationAndWhatIsBelowItAndNoOther() throws Exception {
    ClassLoader application = new ClassLoader(getClass().getClassLoader()) {};
    try (AutoCloseable weaver = LoadTimeWeaver.byAttachment(application, List.of(), log::add)) {
      assertNotNull(weaver);
      assertTrue(isWoven(new OfPages(application).loadClass(HANDLER)));
      assertFalse(isWoven(new OfPages(getClass().getClassLoader()).loadClass(HANDLER)));
    }
    assertEquals(List.of(), log);
  }

  @Test
  void anAttachmentEnds() throws Exception {
    ClassLoader application = new ClassLoader(getClass().getClassLoader()) {};
    AutoCloseable weaver = LoadTimeWeaver.byAttachment(application, List.of(), log::add);
    assertNotNull(weaver);
    weaver.close();
    assertFalse(isWoven(new OfPages(application).loadClass(HANDLER)));
  }

  @Test
  void aLoaderThatTakesNoTransformerIsToldOf() {
    assertFalse(
        LoadTimeWeaver.throughContainer(
            new ClassLoader(getClass().getClassLoader()) {}, List.of(), log::add));
  }

  @Test
  void withoutAnAgentNothingIsHandedToIt() {
    assertNull(LoadTimeWeaver.byAgent(getClass().getClassLoader(), List.of(), log::add));
  }

  @Test
  void aTargetThatIsNoneIsRefusedInEveryWay() {
    ClassLoader loader = getClass().getClassLoader();
    List<String> targets = List.of("nothing");
    assertThrows(
        IllegalArgumentException.class,
        () -> LoadTimeWeaver.throughContainer(loader, targets, log::add));
    assertThrows(
        IllegalArgumentException.class,
        () -> LoadTimeWeaver.byAttachment(loader, targets, log::add));
  }

  /** Its exceptions would be replaced by a NoClassDefFoundError. */
  @Test
  void aClassWhoseLoaderDoesNotSeeTheGuardIsLeftAsItIs() throws Exception {
    OwnLoader application = new OwnLoader(ClassLoader.getPlatformClassLoader());
    assertTrue(LoadTimeWeaver.throughContainer(application, List.of(), log::add));
    byte[] code = Files.readAllBytes(classes.resolve(HANDLER.replace('.', '/') + ".class"));
    assertNull(application.transformer().transform(application, HANDLER, null, null, code));
    assertEquals(1, log.size());
    assertTrue(
        log.get(0).startsWith(HANDLER + " is NOT guarded: its class loader does not see the guard"),
        log.get(0));
  }

  @Test
  void aClassFileThatCannotBeReadIsLeftAsItIsAndNamed() throws Exception {
    OwnLoader application = new OwnLoader(getClass().getClassLoader());
    LoadTimeWeaver.throughContainer(application, List.of(), log::add);
    byte[] code = Files.readAllBytes(classes.resolve(HANDLER.replace('.', '/') + ".class"));
    byte[] cut = Arrays.copyOf(code, code.length / 2);
    assertNull(application.transformer().transform(application, HANDLER, null, null, cut));
    assertEquals(1, log.size());
    assertTrue(log.get(0).startsWith(HANDLER + " is NOT guarded: weaving failed with"), log.get(0));
  }

  private static boolean isWoven(Class<?> type) throws Exception {
    return type.getMethod("throwsDuplicate").isAnnotationPresent(Woven.class);
  }

  /** As containers have one for the pages of an application. */
  private final class OfPages extends ClassLoader {

    OfPages(ClassLoader application) {
      super(application);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(HANDLER)) {
        return super.loadClass(name, resolve);
      }
      try {
        byte[] code = Files.readAllBytes(classes.resolve(name.replace('.', '/') + ".class"));
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** Takes transformers, and has them called by the test. */
  public static final class OwnLoader extends ClassLoader {

    private final List<ClassFileTransformer> transformers = new ArrayList<>();

    OwnLoader(ClassLoader parent) {
      super(parent);
    }

    public void addTransformer(ClassFileTransformer transformer) {
      transformers.add(transformer);
    }

    ClassFileTransformer transformer() {
      return transformers.get(0);
    }
  }
}
