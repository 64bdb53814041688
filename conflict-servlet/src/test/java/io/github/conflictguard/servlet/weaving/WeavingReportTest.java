package io.github.conflictguard.servlet.weaving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.conflictguard.archive.WeaveCommand;
import io.github.conflictguard.guard.ConflictGuarded;
import io.github.conflictguard.guard.Retry;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What asks for a guard in an application, and what of it has one. */
class WeavingReportTest {

  private static final String GUARDED = WeavingReportTest.class.getName() + "$";

  @TempDir Path application;
  private final List<String> loaded = new ArrayList<>();
  private List<String> ofAgent = List.of();
  private boolean libraries = true;
  private Path classes;
  private URLClassLoader loader;

  @BeforeEach
  void makeFolders() throws Exception {
    classes = Files.createDirectories(application.resolve("WEB-INF/classes"));
    Files.createDirectories(application.resolve("WEB-INF/lib"));
  }

  @AfterEach
  void close() throws Exception {
    loader.close();
  }

  @Test
  void whereNothingAsksNothingIsLoaded() throws Exception {
    addToClasses(Plain.class);
    WeavingReport report = report();
    assertEquals("no method requests a guard", report.toString());
    assertEquals(List.of(), report.unguarded());
    assertEquals(List.of(), loaded);
  }

  @Test
  void whatIsAnnotatedAndNotWovenIsNamedWithTheReason() throws Exception {
    addToClasses(Plain.class, Annotated.class);
    WeavingReport report = report();
    assertEquals("0 of 2 methods that request a guard have one", report.toString());
    assertEquals(
        List.of(
            GUARDED + "Annotated#save(java.lang.String[],int): for a reason",
            GUARDED
                + "Annotated#load(): a native method has no body;"
                + " guard the methods that call it"),
        report.unguarded());
    assertEquals(List.of(GUARDED + "Annotated"), loaded);
  }

  @Test
  void aMethodWithoutGuardIsNotReportedAsOneWithALimitedGuard() throws Exception {
    addToClasses(Limited.class);
    WeavingReport unwoven = report();
    assertEquals(List.of(GUARDED + "Limited#save(): for a reason"), unwoven.unguarded());
    assertEquals(List.of(), unwoven.limited());
    assertEquals(0, WeaveCommand.run(System.out, System.err, classes.toString()));
    WeavingReport woven = report();
    assertEquals(List.of(), woven.unguarded());
    assertEquals(1, woven.limited().size(), woven.limited().toString());
  }

  @Test
  void whatTheCommandHasWovenCounts() throws Exception {
    addToClasses(Plain.class, Below.class, Above.class);
    String target = GUARDED + "Plain#change";
    assertEquals(
        0, WeaveCommand.run(System.out, System.err, "--target", target, classes.toString()));
    WeavingReport report = report(target);
    assertEquals(
        "2 of 2 methods that request a guard have one, woven by {command=2}", report.toString());
    assertEquals(List.of(), report.unguarded());
  }

  @Test
  void whatTheCommandHasWovenByTargetsCountsWithoutThem() throws Exception {
    addToClasses(Plain.class);
    String target = GUARDED + "Plain#change";
    assertEquals(
        0, WeaveCommand.run(System.out, System.err, "--target", target, classes.toString()));
    WeavingReport report = report();
    assertEquals(
        "1 of 1 methods that request a guard have one, woven by {command=1}", report.toString());
    assertEquals(List.of(), report.unguarded());
  }

  /** By weaving, javac's tables of variables lose the names of the parameters. */
  @Test
  void aLockThatNamesParametersIsFoundGuardedInClassesCompiledWithoutParameters() throws Exception {
    addWithoutParameters(Named.class);
    assertEquals(0, WeaveCommand.run(System.out, System.err, classes.toString()));
    WeavingReport report = report();
    assertEquals(List.of(), report.unguarded());
    assertEquals(
        "1 of 1 methods that request a guard have one, woven by {command=1}", report.toString());
    assertEquals(0, WeaveCommand.run(System.out, System.err, "--check", classes.toString()));
  }

  @Test
  void anAnnotatedClassWithoutAMethodThatIsMeantIsNamed() throws Exception {
    addToClasses(Useless.class);
    List<String> unguarded = report().unguarded();
    assertEquals(1, unguarded.size(), unguarded.toString());
    assertTrue(
        unguarded.get(0).startsWith(GUARDED + "Useless: the annotation on the class guards no"),
        unguarded.get(0));
  }

  private void addWithoutParameters(Class<?> type) throws IOException {
    addToClasses(type);
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(bytesOf(type))
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                MethodVisitor next = super.visitMethod(access, name, descriptor, signature, thrown);
                return new MethodVisitor(Opcodes.ASM9, next) {
                  @Override
                  public void visitParameter(String parameter, int flags) {}
                };
              }
            },
            0);
    Files.write(classes.resolve(pathOf(type)), writer.toByteArray());
  }

  @Test
  void librariesAndClassesBelowAnAnnotatedOneAreSeen() throws Exception {
    addToClasses(Above.class);
    addToLibrary("handlers.jar", Below.class);
    assertEquals(
        List.of(GUARDED + "Below#save(java.lang.String[],int): for a reason"),
        report().unguarded());
    libraries = false;
    assertEquals("no method requests a guard", report().toString());
  }

  @Test
  void whatATargetNamesIsSeenAndATargetThatNamesNothingAsWell() throws Exception {
    addToClasses(Plain.class);
    assertEquals(
        List.of(
            GUARDED + "Plain#change(): for a reason",
            "the target com.example.Nothing#save: there is no such method"),
        report(GUARDED + "Plain#ch*", "com.example.Nothing#save").unguarded());
  }

  @Test
  void targetsOfTheAgentAreCountedAndNeedNotBeInEveryApplication() throws Exception {
    addToClasses(Plain.class);
    String target = GUARDED + "Plain#change";
    ofAgent = List.of(target, "com.example.OfAnotherApplication#save");
    assertEquals(List.of(target + "(): for a reason"), report().unguarded());
    assertEquals(
        0, WeaveCommand.run(System.out, System.err, "--target", target, classes.toString()));
    WeavingReport report = report();
    assertEquals(List.of(), report.unguarded());
    assertEquals(
        "1 of 1 methods that request a guard have one, woven by {command=1}", report.toString());
  }

  @Test
  void aClassThatLacksWhatItNeedsIsNoReasonToFail() throws Exception {
    addToClasses(Below.class);
    List<String> unguarded = report(GUARDED + "Below#*").unguarded();
    assertEquals(1, unguarded.size());
    assertTrue(unguarded.get(0).contains("cannot be loaded"), unguarded.get(0));
  }

  private void addToClasses(Class<?>... types) throws IOException {
    for (Class<?> type : types) {
      Path file = classes.resolve(pathOf(type));
      Files.createDirectories(file.getParent());
      Files.write(file, bytesOf(type));
    }
  }

  private void addToLibrary(String name, Class<?> type) throws IOException {
    Path file = application.resolve("WEB-INF/lib").resolve(name);
    try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
      jar.putNextEntry(new ZipEntry(pathOf(type)));
      jar.write(bytesOf(type));
    }
  }

  private WeavingReport report(String... targets) throws Exception {
    List<URL> urls = new ArrayList<>();
    urls.add(classes.toUri().toURL());
    try (Stream<Path> libraries = Files.list(application.resolve("WEB-INF/lib"))) {
      for (Path library : libraries.toList()) {
        urls.add(library.toUri().toURL());
      }
    }
    loader = new Isolated(urls.toArray(URL[]::new));
    ServletContext context = mock(ServletContext.class);
    when(context.getClassLoader()).thenReturn(loader);
    when(context.getResourcePaths(anyString())).thenAnswer(call -> paths(call.getArgument(0)));
    when(context.getResourceAsStream(anyString())).thenAnswer(call -> open(call.getArgument(0)));
    return WeavingReport.of(context, libraries, List.of(targets), ofAgent, "for a reason");
  }

  private Set<String> paths(String folder) throws IOException {
    try (Stream<Path> files = Files.list(application.resolve(folder.substring(1)))) {
      Set<String> paths = new TreeSet<>();
      files.forEach(
          file -> paths.add(folder + file.getFileName() + (Files.isDirectory(file) ? "/" : "")));
      return paths;
    }
  }

  private InputStream open(String path) throws IOException {
    return Files.newInputStream(application.resolve(path.substring(1)));
  }

  private static String pathOf(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  private static byte[] bytesOf(Class<?> type) throws IOException {
    try (InputStream in = type.getClassLoader().getResourceAsStream(pathOf(type))) {
      return in.readAllBytes();
    }
  }

  /** Loads the classes of this test anew, and remembers which. */
  private final class Isolated extends URLClassLoader {

    Isolated(URL[] urls) {
      super(urls, WeavingReportTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(GUARDED)) {
        return super.loadClass(name, resolve);
      }
      Class<?> found = findLoadedClass(name);
      if (found == null) {
        found = findClass(name);
        loaded.add(name);
      }
      return found;
    }

    @Override
    public URL getResource(String name) {
      return name.startsWith(GUARDED.replace('.', '/'))
          ? findResource(name)
          : super.getResource(name);
    }
  }

  static class Plain {
    void change() {}
  }

  static class Annotated {
    @ConflictGuarded
    public void save(String[] names, int count) {}

    @ConflictGuarded
    native void load();
  }

  interface Above {
    @ConflictGuarded
    void save(String[] names, int count);
  }

  static class Below implements Above {
    @Override
    public void save(String[] names, int count) {}
  }

  static class Limited {
    @ConflictGuarded(retry = @Retry)
    synchronized void save() {}
  }

  static class Named {
    @ConflictGuarded(lock = "customer/{name}/{count}")
    public String save(String name, long count) {
      return name + count;
    }
  }

  @ConflictGuarded
  static class Useless {
    void save() {}
  }
}
