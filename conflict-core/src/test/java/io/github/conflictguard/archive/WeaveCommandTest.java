package io.github.conflictguard.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.classfile.ClassOutline;
import io.github.conflictguard.classfile.GuardTarget;
import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.classfile.Supertypes;
import io.github.conflictguard.classfile.TargetPattern;
import io.github.conflictguard.guard.WovenGuard;
import io.github.conflictguard.loadtime.LineLog;
import io.github.conflictguard.sample.Kinds;
import io.github.conflictguard.sample.Samples;
import io.github.conflictguard.sample.Shapes;
import io.github.conflictguard.weave.Weaver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeaveCommandTest {

  private static final String STORE = pathOf(Shapes.StoreOfFailures.class);
  private static final String UNTOUCHED = pathOf(Samples.Untouched.class);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;
  private Path war;

  /** The interface with the annotation is in a library, the class that implements it is not. */
  @BeforeEach
  void makeWar() throws IOException {
    Map<String, byte[]> library = new LinkedHashMap<>();
    library.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n".getBytes());
    library.put(pathOf(Shapes.Store.class), bytes(Shapes.Store.class));
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("index.jsp", "<html>".getBytes());
    entries.put("WEB-INF/web.xml", "<web-app/>".getBytes());
    entries.put("WEB-INF/classes/" + STORE, bytes(Shapes.StoreOfFailures.class));
    entries.put("WEB-INF/classes/" + UNTOUCHED, bytes(Samples.Untouched.class));
    entries.put("WEB-INF/classes/messages.properties", "a=b".getBytes());
    entries.put("WEB-INF/lib/orders-1.0.jar", zip(library));
    entries.put("WEB-INF/lib/conflict-guard.jar", zip(guard()));
    war = folder.resolve("app.war");
    Files.write(war, zip(entries));
  }

  @Test
  void aFinishedWarIsWovenInPlace() throws IOException {
    Map<String, byte[]> before = unzip(Files.readAllBytes(war));
    assertEquals(0, run(war.toString()));
    Map<String, byte[]> after = unzip(Files.readAllBytes(war));
    assertEquals(new ArrayList<>(before.keySet()), new ArrayList<>(after.keySet()));
    for (Map.Entry<String, byte[]> entry : before.entrySet()) {
      if (!entry.getKey().endsWith(STORE)) {
        assertArrayEquals(entry.getValue(), after.get(entry.getKey()), entry.getKey());
      }
    }
    assertTrue(isWoven(after.get("WEB-INF/classes/" + STORE)));
    assertTrue(said().contains("StoreOfFailures#store(java.sql.SQLException) is guarded"), said());
    assertTrue(said().contains("1 methods guarded now, 0 before, 0 not"), said());
  }

  /** As a drop-in jar has it. */
  private static Map<String, byte[]> guard() {
    return Map.of(pathOf(WovenGuard.class), bytes(WovenGuard.class));
  }

  private void addLibrary(String name, String... more) throws IOException {
    Map<String, byte[]> library = new LinkedHashMap<>();
    library.put(pathOf(Samples.Nested.class), bytes(Samples.Nested.class));
    for (String entry : more) {
      library.put(entry, new byte[0]);
    }
    Map<String, byte[]> entries = unzip(Files.readAllBytes(war));
    entries.put("WEB-INF/lib/" + name, zip(library));
    Files.write(war, zip(entries));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--check", "--quiet"})
  void libraryThatIsNotNamedAndAsksForGuardsIsReported(String option) throws IOException {
    run(war.toString());
    addLibrary("stock-1.0.jar");
    assertEquals(1, run(option, war.toString()));
    assertTrue(
        said().contains("is NOT guarded: it is in WEB-INF/lib/stock-1.0.jar, which no --lib names"),
        said());
  }

  @Test
  void patternThatFitsNoLibraryIsReported() throws IOException {
    assertEquals(1, run("--lib", "stok-*.jar", war.toString()));
    assertTrue(
        said().contains("--lib stok-*.jar is NOT guarded: there is no library with such a name"),
        said());
  }

  @Test
  void signedLibraryIsReportedAndTheRestIsWoven() throws IOException {
    addLibrary("signed.jar", "META-INF/STOCK.SF");
    addLibrary("stock.jar");
    byte[] signed = unzip(Files.readAllBytes(war)).get("WEB-INF/lib/signed.jar");
    assertEquals(1, run("--lib", "s*.jar", war.toString()));
    assertTrue(said().contains("it is in WEB-INF/lib/signed.jar, which is signed"), said());
    Map<String, byte[]> after = unzip(Files.readAllBytes(war));
    assertArrayEquals(signed, after.get("WEB-INF/lib/signed.jar"));
    assertTrue(isWoven(after.get("WEB-INF/classes/" + STORE)));
    String nested = pathOf(Samples.Nested.class);
    assertTrue(isWoven(unzip(after.get("WEB-INF/lib/stock.jar")).get(nested)));
  }

  @Test
  void targetThatFitsOnlyMethodsWithoutBodyIsReported() throws IOException {
    assertEquals(1, run("--lib", "*.jar", "--target", "**$Store#store", war.toString()));
    assertTrue(
        said().contains("no method is matched by this target, or none that has a body"), said());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--check", "--quiet"})
  void applicationWithoutTheGuardIsNotWoven(String option) throws IOException {
    Map<String, byte[]> entries = unzip(Files.readAllBytes(war));
    entries.remove("WEB-INF/lib/conflict-guard.jar");
    Files.write(war, zip(entries));
    byte[] before = Files.readAllBytes(war);
    assertEquals(1, run(option, war.toString()));
    assertTrue(said().contains("has no class io.github.conflictguard.guard.WovenGuard"), said());
    assertArrayEquals(before, Files.readAllBytes(war));
  }

  @Test
  void guardMayBeInAJarThatTheServerShares() throws IOException {
    Map<String, byte[]> entries = unzip(Files.readAllBytes(war));
    entries.remove("WEB-INF/lib/conflict-guard.jar");
    Files.write(war, zip(entries));
    Path shared = folder.resolve("shared.jar");
    Files.write(shared, zip(guard()));
    assertEquals(0, run("--class-path", shared.toString(), war.toString()));
    assertTrue(isWoven(unzip(Files.readAllBytes(war)).get("WEB-INF/classes/" + STORE)));
  }

  @Test
  void otherOptionsForAWovenMethodAreReported() throws IOException {
    String target = "**$Untouched#throwsDuplicate";
    assertEquals(0, run("--target", target + " attempts=2", war.toString()));
    assertEquals(0, run("--target", target + " attempts=2", war.toString()));
    assertEquals(1, run("--target", target + " attempts=4 lock=a", war.toString()));
    assertTrue(said().contains("is guarded already, but with the options 'attempts=2 "), said());
    assertTrue(said().contains("requested are 'attempts=4 "), said());
  }

  @Test
  void listNamesWovenMethodsWithTheirOptions() throws IOException {
    addLibrary("stock.jar");
    run("--lib", "stock.jar", "--target", "**$Untouched#throwsDuplicate lock=a", war.toString());
    out.reset();
    byte[] before = Files.readAllBytes(war);
    assertEquals(0, run("--list", war.toString()));
    assertArrayEquals(before, Files.readAllBytes(war));
    assertTrue(
        said()
            .contains(
                "Samples$Untouched#throwsDuplicate() lock=a lockTimeoutMillis=10000 (woven by"
                    + " command)"),
        said());
    assertTrue(said().contains("StoreOfFailures#store(java.sql.SQLException) (woven by"), said());
    assertTrue(said().contains("(woven by command in WEB-INF/lib/stock.jar)"), said());
  }

  @Test
  void undoPutsTheFileBackAsItWas() throws IOException {
    byte[] before = Files.readAllBytes(war);
    run(war.toString());
    run("--target", "**$Untouched#throwsDuplicate", war.toString());
    assertEquals(0, run("--undo", war.toString()));
    assertArrayEquals(before, Files.readAllBytes(war));
    assertEquals(2, run("--undo", war.toString()));
    assertTrue(said(err).contains("there is no backup"), said(err));
  }

  @Test
  void undoDoesNotReplaceANewerVersion() throws IOException {
    run(war.toString());
    Map<String, byte[]> newer = unzip(Files.readAllBytes(war));
    newer.put("WEB-INF/classes/" + UNTOUCHED, bytes(Samples.Nested.class));
    Files.write(war, zip(newer));
    assertEquals(2, run("--undo", war.toString()));
    assertTrue(said(err).contains("is not what was woven from"), said(err));
    assertArrayEquals(zip(newer), Files.readAllBytes(war));
  }

  @Test
  void backupStaysWhenAnotherTargetIsWoven() throws IOException {
    Path jar = folder.resolve("plain.jar");
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(UNTOUCHED, bytes(Samples.Untouched.class));
    entries.put(pathOf(Kinds.Failing.class), bytes(Kinds.Failing.class));
    Files.write(jar, zip(entries));
    byte[] before = Files.readAllBytes(jar);
    assertEquals(0, run("--target", "**$Untouched#throwsDuplicate", jar.toString()));
    assertEquals(0, run("--target", "**$Failing#failUntil", jar.toString()));
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("plain.jar.unwoven")));
    assertEquals(0, run("--undo", jar.toString()));
    assertArrayEquals(before, Files.readAllBytes(jar));
  }

  @Test
  void backupOfAnOlderVersionIsReplacedAlsoWhenTheBuildHasWovenTheNewerOne() throws IOException {
    Path jar = folder.resolve("plain.jar");
    Files.write(jar, zip(Map.of(UNTOUCHED, bytes(Samples.Untouched.class))));
    assertEquals(0, run("--target", "**$Untouched#throwsDuplicate", jar.toString()));
    Map<String, byte[]> newer = new LinkedHashMap<>();
    newer.put(STORE, wovenByBuild(Shapes.StoreOfFailures.class));
    newer.put(UNTOUCHED, bytes(Samples.Untouched.class));
    Files.write(jar, zip(newer));
    assertEquals(0, run("--target", "**$Untouched#throwsDuplicate", jar.toString()));
    assertArrayEquals(zip(newer), Files.readAllBytes(folder.resolve("plain.jar.unwoven")));
  }

  private static byte[] wovenByBuild(Class<?> type) throws IOException {
    ClassFileLocator classes = ClassFileLocator.ForClassLoader.of(type.getClassLoader());
    byte[] woven =
        new Weaver(GuardTargets.of(), "build", new LineLog(line -> {}))
            .weave(bytes(type), classes, name -> outlineOf(name));
    return Objects.requireNonNull(woven);
  }

  @Test
  void renewedGuardOfTheBuildIsOneOfTheCommand() throws IOException {
    Path jar = folder.resolve("plain.jar");
    Files.write(jar, zip(Map.of(STORE, wovenByBuild(Shapes.StoreOfFailures.class))));
    byte[] before = Files.readAllBytes(jar);
    String target = "**$StoreOfFailures#store except=locked";
    assertEquals(0, run("--target", target, jar.toString()), this::said);
    out.reset();
    assertEquals(0, run("--list", jar.toString()));
    assertTrue(said().contains("(woven by command)"), said());
    assertEquals(0, run("--undo", jar.toString()), () -> said(err));
    assertArrayEquals(before, Files.readAllBytes(jar));
  }

  @Test
  void listNamesTheOptionsThatWereWovenLast() throws IOException {
    run("--target", "**$Untouched#throwsDuplicate attempts=2", war.toString());
    run("--target", "**$Untouched#throwsDuplicate attempts=4", war.toString());
    out.reset();
    assertEquals(0, run("--list", war.toString()));
    assertTrue(said().contains("throwsDuplicate() attempts=4 "), said());
  }

  @Test
  void undoDoesNotReplaceANewerLibraryWithAWovenClass() throws IOException {
    addLibrary("stock.jar");
    run("--lib", "stock.jar", war.toString());
    Map<String, byte[]> newer = unzip(Files.readAllBytes(war));
    Map<String, byte[]> library = unzip(newer.get("WEB-INF/lib/stock.jar"));
    library.put("messages.properties", "b=c".getBytes(StandardCharsets.UTF_8));
    newer.put("WEB-INF/lib/stock.jar", zip(library));
    Files.write(war, zip(newer));
    assertEquals(2, run("--undo", war.toString()));
    assertTrue(said(err).contains("WEB-INF/lib/stock.jar is another one"), said(err));
    assertArrayEquals(zip(newer), Files.readAllBytes(war));
  }

  @Test
  void undoPutsALibraryBack() throws IOException {
    addLibrary("stock.jar");
    byte[] before = Files.readAllBytes(war);
    assertEquals(0, run("--lib", "stock.jar", war.toString()));
    assertEquals(0, run("--undo", war.toString()), () -> said(err));
    assertArrayEquals(before, Files.readAllBytes(war));
  }

  @Test
  void undoPutsAFolderBackOfWhichOnlyAPartIsWoven() throws IOException {
    Path classes = folder.resolve("classes");
    Path nested = classes.resolve(pathOf(Samples.Nested.class));
    Path handler = classes.resolve(pathOf(Samples.Handler.class));
    Files.createDirectories(nested.getParent());
    Files.write(nested, bytes(Samples.Nested.class));
    Files.write(handler, bytes(Samples.Handler.class));
    assertEquals(0, run(classes.toString()), this::said);
    Files.write(handler, bytes(Samples.Handler.class)); // As after a full disk.
    assertEquals(0, run("--undo", classes.toString()), () -> said(err));
    assertArrayEquals(bytes(Samples.Nested.class), Files.readAllBytes(nested));
    assertArrayEquals(bytes(Samples.Handler.class), Files.readAllBytes(handler));
    assertEquals(List.of("app.war", "classes"), filesBesides());
  }

  @Test
  void undoPutsTheFilesOfAFolderBack() throws IOException {
    Path classes = folder.resolve("classes");
    Path file = classes.resolve(pathOf(Samples.Nested.class));
    Files.createDirectories(file.getParent());
    Files.write(file, bytes(Samples.Nested.class));
    assertEquals(0, run(classes.toString()));
    assertTrue(isWoven(Files.readAllBytes(file)));
    assertEquals(0, run("--undo", classes.toString()));
    assertArrayEquals(bytes(Samples.Nested.class), Files.readAllBytes(file));
  }

  private static String said(ByteArrayOutputStream to) {
    return to.toString(StandardCharsets.UTF_8);
  }

  @Test
  void libraryJarsAreWovenWhereTheyAreNamed() throws IOException {
    addLibrary("orders-1.0.jar");
    assertEquals(0, run("--lib", "orders-*.jar", war.toString()));
    Map<String, byte[]> library =
        unzip(unzip(Files.readAllBytes(war)).get("WEB-INF/lib/orders-1.0.jar"));
    assertTrue(isWoven(library.get(pathOf(Samples.Nested.class))));
  }

  @Test
  void theInputStaysAsItIsWhenAnOutputIsNamed() throws IOException {
    byte[] before = Files.readAllBytes(war);
    Path output = folder.resolve("woven.war");
    assertEquals(0, run("--output", output.toString(), war.toString()));
    assertArrayEquals(before, Files.readAllBytes(war));
    assertTrue(isWoven(unzip(Files.readAllBytes(output)).get("WEB-INF/classes/" + STORE)));
  }

  @Test
  void theSecondTimeNothingIsWritten() throws IOException {
    run(war.toString());
    byte[] before = Files.readAllBytes(war);
    out.reset();
    assertEquals(0, run(war.toString()));
    assertArrayEquals(before, Files.readAllBytes(war));
    assertTrue(said().contains("0 methods guarded now, 1 before, 0 not"), said());
  }

  @Test
  void aCheckChangesNothingAndFailsWhileSomethingIsMissing() throws IOException {
    byte[] before = Files.readAllBytes(war);
    assertEquals(1, run("--check", war.toString()));
    assertArrayEquals(before, Files.readAllBytes(war));
    assertTrue(said().contains("is NOT guarded: it has not been woven yet"), said());
    run(war.toString());
    assertEquals(0, run("--check", war.toString()));
  }

  @Test
  void aTargetGuardsWhatHasNoAnnotation() throws IOException {
    String target = "**$Untouched#throwsDuplicate attempts=2";
    assertEquals(0, run("--target", target, war.toString()));
    assertTrue(isWoven(unzip(Files.readAllBytes(war)).get("WEB-INF/classes/" + UNTOUCHED), target));
  }

  @Test
  void aTargetThatMatchesNothingIsReported() throws IOException {
    Path targets = folder.resolve("targets.txt");
    Files.writeString(targets, "# what we guard\n\ncom.example.Missing#save\n");
    assertEquals(1, run("--targets", targets.toString(), war.toString()));
    assertTrue(
        said().contains("com.example.Missing#save is NOT guarded: no method is matched"), said());
  }

  @Test
  void aSignedJarIsRefusedAndStaysAsItIs() throws IOException {
    Path jar = folder.resolve("signed.jar");
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(pathOf(Samples.Nested.class), bytes(Samples.Nested.class));
    entries.put("META-INF/ORDERS.SF", new byte[0]);
    byte[] before = zip(entries);
    Files.write(jar, before);
    assertEquals(1, run(jar.toString()));
    assertArrayEquals(before, Files.readAllBytes(jar));
    assertTrue(said().contains("it is in signed.jar, which is signed"), said());
  }

  @Test
  void anExplodedApplicationIsWovenToo() throws IOException {
    Path classes = folder.resolve("exploded/WEB-INF/classes");
    Path file = classes.resolve(pathOf(Samples.Nested.class));
    Files.createDirectories(file.getParent());
    Files.write(file, bytes(Samples.Nested.class));
    Path guard = folder.resolve("exploded/WEB-INF/lib/conflict-guard.jar");
    Files.createDirectories(guard.getParent());
    Files.write(guard, zip(guard()));
    assertEquals(0, run(folder.resolve("exploded").toString()));
    assertTrue(isWoven(Files.readAllBytes(file)));
  }

  @Test
  void folderOfAnEnterpriseApplicationWithAFolderOfAWebModuleIsRefused() throws IOException {
    Path ear = folder.resolve("office.ear");
    Path file = ear.resolve("web.war/WEB-INF/classes").resolve(pathOf(Samples.Nested.class));
    Files.createDirectories(file.getParent());
    Files.write(file, bytes(Samples.Nested.class));
    assertEquals(2, run(ear.toString()));
    assertTrue(said(err).contains("has a web module that is a folder; weave '"), said(err));
    assertTrue(said(err).contains("web.war' by itself"), said(err));
    assertArrayEquals(bytes(Samples.Nested.class), Files.readAllBytes(file));
  }

  @Test
  void onlyTheBackupIsLeftBesideTheResult() throws IOException {
    run("--no-backup", war.toString());
    assertEquals(List.of("app.war"), filesBesides());
    run("--target", "**$Untouched#throwsDuplicate", war.toString());
    assertEquals(List.of("app.war", "app.war.unwoven"), filesBesides());
  }

  private List<String> filesBesides() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense, 'The argument ''--nonsense'' is unknown'",
    "--output, 'The option --output has no value'",
    "missing.war, 'There is no file or folder ''missing.war'''",
    "--check, 'No file or folder is named'",
    "--class-path, 'The option --class-path has no value'"
  })
  void aWrongArgumentIsNamedBesideTheUsage(String argument, String message) {
    assertEquals(2, run(argument));
    String said = err.toString(StandardCharsets.UTF_8);
    assertTrue(said.startsWith(message) && said.contains("Usage: "), said);
  }

  @Test
  void helpIsNoFailure() {
    assertEquals(0, run("--help"));
    assertTrue(said().startsWith("Usage: "), said());
    assertFalse(said().contains("WeaveCommand"), said());
  }

  private int run(String... arguments) {
    return WeaveCommand.run(new PrintStream(out, true), new PrintStream(err, true), arguments);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static boolean isWoven(byte[] classFile, String... targets) throws IOException {
    var patterns =
        List.of(targets).stream().map(TargetPattern::parse).toArray(TargetPattern[]::new);
    Supertypes above = name -> outlineOf(name);
    List<GuardTarget> found = GuardTargets.of(patterns).in(ClassOutline.read(classFile), above);
    return !found.isEmpty() && found.stream().allMatch(GuardTarget::isWoven);
  }

  private static ClassOutline outlineOf(String internalName) {
    try {
      return ClassOutline.read(bytes(Class.forName(internalName.replace('/', '.'))));
    } catch (ReflectiveOperationException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(Class<?> type) {
    return ClassFileLocator.ForClassLoader.read(type);
  }

  private static String pathOf(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  /** Jars inside are stored without compression, as some builds do. */
  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        if (entry.getKey().endsWith(".jar")) {
          CRC32 crc = new CRC32();
          crc.update(entry.getValue());
          header.setMethod(ZipEntry.STORED);
          header.setSize(entry.getValue().length);
          header.setCrc(crc.getValue());
        }
        zip.putNextEntry(header);
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static Map<String, byte[]> unzip(byte[] archive) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive));
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      entries.put(entry.getName(), zip.readAllBytes());
    }
    return entries;
  }
}
