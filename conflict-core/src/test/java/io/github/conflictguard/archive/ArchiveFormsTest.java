package io.github.conflictguard.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.conflictguard.classfile.WovenMethod;
import io.github.conflictguard.guard.WovenGuard;
import io.github.conflictguard.sample.Samples;
import io.github.conflictguard.weave.RawArchive;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives as tools of other people make them: what is not woven stays as it was. */
class ArchiveFormsTest {

  private static final byte[] GUARDED = bytes(Samples.Nested.class);
  private static final String CLASS = pathOf(Samples.Nested.class);
  private static final String SCRIPT = "#!/bin/bash\nexec java -jar $0\nexit 0\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void scriptInFrontOfAnExecutableArchiveStays(boolean counted) throws IOException {
    Path war = folder.resolve("boot.war");
    Files.write(
        war,
        withGuard(RawArchive.behind(SCRIPT, counted), "WEB-INF/lib/")
            .add("org/springframework/boot/loader/Launcher.txt", new byte[9])
            .add("WEB-INF/classes/" + CLASS, GUARDED)
            .add("WEB-INF/lib-provided/server.jar", zip("a.txt", new byte[3]))
            .bytes());
    weave(war);
    byte[] woven = Files.readAllBytes(war);
    assertEquals(SCRIPT, new String(woven, 0, SCRIPT.length(), ISO_8859_1));
    assertEquals(4, entries(war).size());
    assertWoven(war, "WEB-INF/classes/" + CLASS);
  }

  @Test
  void executableJarIsWoven() throws IOException {
    Path jar = folder.resolve("boot.jar");
    Files.write(
        jar,
        withGuard(RawArchive.plain(), "BOOT-INF/lib/")
            .add("BOOT-INF/classes/" + CLASS, GUARDED)
            .add("BOOT-INF/lib/stock.jar", zip(CLASS, GUARDED))
            .bytes());
    weave("--lib", "stock.jar", jar.toString());
    assertWoven(jar, "BOOT-INF/classes/" + CLASS);
    assertWovenInside(jar, "BOOT-INF/lib/stock.jar", CLASS);
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      // The loader of Spring Boot reads stored libraries alone.
      assertEquals(ZipEntry.STORED, zip.getEntry("BOOT-INF/lib/stock.jar").getMethod());
    }
  }

  @Test
  void duplicatesDescriptorsNamesNotesAndModesStay() throws IOException {
    Path jar = folder.resolve("odd.jar");
    Files.write(
        jar,
        RawArchive.plain()
            .add("twice.txt", "a".getBytes(ISO_8859_1))
            .add("twice.txt", "bb".getBytes(ISO_8859_1))
            .add("stored.txt", "later".getBytes(ISO_8859_1), 0100600, "a note", true)
            .add(CLASS, GUARDED, 0100755, "the class", true)
            .add("gr\u00fc\u00dfe.txt", new byte[4])
            .add("bin/run", "#!".getBytes(ISO_8859_1), 0100755, "", false)
            .add("bin/link", "run".getBytes(ISO_8859_1), 0120777, "", false)
            .comment("made by hand")
            .bytes());
    List<ArchiveEntry> before = entries(jar);
    weave(jar);
    List<ArchiveEntry> after = entries(jar);
    assertEquals(before.size(), after.size());
    for (int i = 0; i < before.size(); i++) {
      byte[] expected = before.get(i).record().clone();
      byte[] actual = after.get(i).record().clone();
      int variable = before.get(i).name().equals(CLASS) ? 16 : 42;
      clear(expected, variable, variable == 16 ? 28 : 46);
      clear(actual, variable, variable == 16 ? 28 : 46);
      if (variable == 16) {
        expected[8] = 0; // The new content needs no descriptor.
        clear(expected, 42, 46);
        clear(actual, 42, 46);
      }
      assertArrayEquals(expected, actual, before.get(i).name());
    }
    assertEquals(List.of("a", "bb"), contents(jar, "twice.txt"));
    assertEquals(List.of("later"), contents(jar, "stored.txt"));
    assertEquals(List.of("run"), contents(jar, "bin/link"));
    try (ZipFile zip = new ZipFile(jar.toFile(), ISO_8859_1)) {
      assertEquals("made by hand", zip.getComment());
      assertEquals(
          4, zip.getInputStream(zip.getEntry("gr\u00fc\u00dfe.txt")).readAllBytes().length);
      assertWoven(zip.getInputStream(zip.getEntry(CLASS)).readAllBytes());
    }
  }

  /** More entries than the old format counts. */
  @Test
  void archiveOfManyEntriesStaysWhole() throws IOException {
    Path jar = folder.resolve("many.jar");
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)))) {
      for (int i = 0; i < 66_000; i++) {
        zip.putNextEntry(new ZipEntry("f" + i));
      }
      zip.putNextEntry(new ZipEntry(CLASS));
      zip.write(GUARDED);
    }
    weave(jar);
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      assertEquals(66_001, zip.size());
    }
    assertWoven(jar, CLASS);
  }

  /** As tools write it that do not have the 64-bit format: the count is cut off. */
  @Test
  void archiveOfMoreEntriesThanItCountsStaysWhole() throws IOException {
    Path jar = folder.resolve("many.jar");
    RawArchive many = RawArchive.plain().add(CLASS, GUARDED);
    for (int i = 0; i < 66_000; i++) {
      many.add("f" + i, new byte[0]);
    }
    Files.write(jar, many.bytes());
    assertEquals(66_001, entries(jar).size());
    weave(jar);
    assertEquals(66_001, entries(jar).size());
    assertEquals(0, content(jar, "f65999").length);
    assertWoven(jar, CLASS);
  }

  @Test
  void namesOfOneSharedContentStay() throws IOException {
    Path jar = folder.resolve("shared.jar");
    Files.write(
        jar,
        RawArchive.plain()
            .add("one.txt", "shared".getBytes(ISO_8859_1))
            .again("two.txt")
            .add(CLASS.replace(".class", ".clash"), GUARDED)
            .again(CLASS)
            .add("last.txt", "last".getBytes(ISO_8859_1))
            .bytes());
    weave(jar);
    assertEquals(
        List.of("one.txt", "two.txt", CLASS.replace(".class", ".clash"), CLASS, "last.txt"),
        entries(jar).stream().map(ArchiveEntry::name).toList());
    assertEquals("shared", new String(content(jar, "two.txt"), ISO_8859_1));
    assertEquals("last", new String(content(jar, "last.txt"), ISO_8859_1));
    assertWoven(jar, CLASS);
  }

  @Test
  void modulesOfAnEnterpriseArchiveAreWoven() throws IOException {
    Path ear = folder.resolve("office.ear");
    byte[] war =
        RawArchive.plain()
            .add("WEB-INF/classes/" + CLASS, GUARDED)
            .add("WEB-INF/lib/own.jar", zip(CLASS, GUARDED))
            .bytes();
    Files.write(
        ear,
        RawArchive.plain()
            .add("META-INF/application.xml", "<application/>".getBytes(ISO_8859_1))
            .add("web/office.war", war)
            .add("ejb.jar", zip(CLASS, GUARDED))
            .add("lib/guard.jar", zip(pathOf(WovenGuard.class), bytes(WovenGuard.class)))
            .add("lib/stock.jar", zip(CLASS, GUARDED))
            .bytes());
    assertEquals(1, run(ear.toString()));
    assertTrue(said().contains("it is in lib/stock.jar, which no --lib names"), said());
    assertTrue(said().contains("it is in WEB-INF/lib/own.jar, which no --lib names"), said());
    assertWovenInside(ear, "web/office.war", "WEB-INF/classes/" + CLASS);
    assertWovenInside(ear, "ejb.jar", CLASS);
    weave("--lib", "*.jar", ear.toString());
    assertWovenInside(ear, "lib/stock.jar", CLASS);
    assertEquals(0, run("--check", "--lib", "*.jar", ear.toString()));
    assertEquals(0, run("--undo", ear.toString()));
    assertArrayEquals(war, content(ear, "web/office.war"));
  }

  @Test
  void enterpriseArchiveWithoutTheGuardIsNotWoven() throws IOException {
    Path ear = folder.resolve("office.ear");
    byte[] war = RawArchive.plain().add("WEB-INF/classes/" + CLASS, GUARDED).bytes();
    Files.write(ear, RawArchive.plain().add("office.war", war).bytes());
    byte[] before = Files.readAllBytes(ear);
    assertEquals(1, run(ear.toString()));
    assertTrue(said().contains("has no class io.github.conflictguard.guard.WovenGuard"), said());
    assertArrayEquals(before, Files.readAllBytes(ear));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-rw-r--", "rwxr-x---"})
  void modeOfTheFileStays(String mode) throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path jar = folder.resolve("mode.jar");
    Files.write(jar, zip(CLASS, GUARDED));
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString(mode));
    Path copy = folder.resolve("copy.jar");
    weave("--output", copy.toString(), jar.toString());
    weave(jar);
    for (Path each : List.of(jar, copy, folder.resolve("mode.jar.unwoven"))) {
      assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
    }
  }

  @Test
  void linkStaysALinkAndLeadsToTheWovenFile() throws IOException {
    Path real = Files.createDirectories(folder.resolve("releases")).resolve("office-1.jar");
    Files.write(real, zip(CLASS, GUARDED));
    Path link = Files.createSymbolicLink(folder.resolve("office.jar"), real);
    weave(link);
    assertTrue(Files.isSymbolicLink(link));
    assertWoven(real, CLASS);
    assertEquals(0, run("--undo", link.toString()));
    assertArrayEquals(GUARDED, content(real, CLASS));
  }

  @Test
  void copyOfAFolderKeepsLinksModesAndEmptyFolders() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path from = folder.resolve("from");
    Path file = from.resolve(CLASS);
    Files.createDirectories(file.getParent());
    Files.createDirectories(from.resolve("empty"));
    Files.write(file, GUARDED);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Files.createSymbolicLink(from.resolve("link.txt"), Path.of("nowhere.txt"));
    Path to = folder.resolve("to");
    weave("--output", to.toString(), from.toString());
    assertTrue(Files.isDirectory(to.resolve("empty")));
    assertEquals(Path.of("nowhere.txt"), Files.readSymbolicLink(to.resolve("link.txt")));
    assertWoven(Files.readAllBytes(to.resolve(CLASS)));
    assertArrayEquals(GUARDED, Files.readAllBytes(file));
    assertEquals(
        "rw-r-----",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(to.resolve(CLASS))));
  }

  @Test
  void damagedLibraryIsReportedAndTheRestIsWoven() throws IOException {
    Path war = folder.resolve("office.war");
    Files.write(
        war,
        withGuard(RawArchive.plain(), "WEB-INF/lib/")
            .add("WEB-INF/lib/broken.jar", "no archive".getBytes(ISO_8859_1))
            .add("WEB-INF/classes/" + CLASS, GUARDED)
            .bytes());
    assertEquals(1, run("--lib", "*.jar", war.toString()));
    assertTrue(said().contains("'WEB-INF/lib/broken.jar' cannot be read as an archive"), said());
    assertWoven(war, "WEB-INF/classes/" + CLASS);
  }

  @Test
  void whatIsNoArchiveIsNotReplaced() throws IOException {
    Path file = folder.resolve("text.war");
    Files.writeString(file, "no archive");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertEquals(2, WeaveCommand.run(new PrintStream(out), new PrintStream(err), file.toString()));
    assertTrue(err.toString(ISO_8859_1).contains("cannot be read as an archive"), err.toString());
    assertEquals("no archive", Files.readString(file));
  }

  private void weave(Path file) {
    weave(file.toString());
  }

  private void weave(String... arguments) {
    assertEquals(0, run(arguments), this::said);
  }

  private int run(String... arguments) {
    return WeaveCommand.run(new PrintStream(out, true), System.err, arguments);
  }

  private String said() {
    return out.toString(ISO_8859_1);
  }

  private static RawArchive withGuard(RawArchive archive, String libraries) throws IOException {
    return archive.add(
        libraries + "guard.jar", zip(pathOf(WovenGuard.class), bytes(WovenGuard.class)));
  }

  private static void clear(byte[] record, int from, int to) {
    java.util.Arrays.fill(record, from, to, (byte) 0);
  }

  private static List<ArchiveEntry> entries(Path archive) throws IOException {
    try (ArchiveFile file = ArchiveFile.open(archive)) {
      return new ArrayList<>(file.entries());
    }
  }

  private static List<String> contents(Path archive, String name) throws IOException {
    List<String> contents = new ArrayList<>();
    try (ArchiveFile file = ArchiveFile.open(archive)) {
      for (ArchiveEntry entry : file.entries()) {
        if (entry.name().equals(name)) {
          contents.add(new String(file.content(entry), ISO_8859_1));
        }
      }
    }
    return contents;
  }

  /** By the JDK, as the JVM and containers read it. */
  private static byte[] content(Path archive, String name) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile(), ISO_8859_1)) {
      return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
  }

  private void assertWoven(Path archive, String name) throws IOException {
    assertWoven(content(archive, name));
  }

  private void assertWovenInside(Path archive, String inner, String name) throws IOException {
    Path unpacked = Files.createTempFile(folder, "inner", ".jar");
    Files.write(unpacked, content(archive, inner));
    assertWoven(unpacked, name);
  }

  private static void assertWoven(byte[] classFile) throws IOException {
    assertTrue(!WovenMethod.in(classFile).isEmpty());
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(Class<?> type) {
    return ClassFileLocator.ForClassLoader.read(type);
  }

  private static String pathOf(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }
}
