package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who does what the README says, and nothing else, has a guarded application. */
class InstallIT {

  private static final String QUOTED_LOG = "ConflictFilter is registered for /* in '/office'";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT_9", "TOMCAT_11"})
  void theCommandsOfTheReadmeMakeAGuardedApplication(ServerKind kind) throws Exception {
    Path war = folder.resolve("office.war");
    writeUnguarded(war, kind);
    Path built = Files.createDirectories(folder.resolve("conflict-servlet/target"));
    Path jar = kind.namespace.dropIn.file();
    Files.copy(jar, built.resolve(jar.getFileName()));
    run(Readme.installCommands().replace("javax", kind.namespace.name().toLowerCase(Locale.ROOT)));
    assertTrue(Readme.text().contains("`" + QUOTED_LOG + "`"));
    try (Server server = Server.start(kind, List.of(new Office(war)), List.of());
        WireClient client = new WireClient(server.port())) {
      server.awaitOutput(Pattern.compile(Pattern.quote(QUOTED_LOG)));
      client.sendBody("PUT", "/office/records/1", "{}");
      String tag = String.valueOf(client.send("GET", "/office/records/1").header("ETag"));
      assertTrue(tag.startsWith("\""), tag);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theReadmeNamesTheJars(Namespace namespace) throws Exception {
    String name = namespace.dropIn.file().getFileName().toString();
    assertTrue(Readme.text().contains("| `" + name + "` |"), name);
  }

  private static void writeUnguarded(Path war, ServerKind kind) throws Exception {
    Map<String, byte[]> files = LegacyWar.JAR_ALONE.files(kind);
    assertTrue(files.remove("WEB-INF/lib/conflict-guard.jar") != null);
    try (OutputStream file = Files.newOutputStream(war);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
  }

  private void run(String commands) throws Exception {
    Path output = folder.resolve("output.txt");
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-e", "-c", commands)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Path tools = Path.of(System.getProperty("java.home"), "bin");
    shell.environment().merge("PATH", tools.toString(), (path, bin) -> bin + ":" + path);
    assertEquals(0, shell.start().waitFor(), () -> read(output));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The WAR that came out. */
  private record Office(Path war) implements War {

    @Override
    public String folder() {
      return "office";
    }

    @Override
    public String about() {
      return "/office/about";
    }

    @Override
    public Map<String, byte[]> files(ServerKind server) throws IOException {
      Map<String, byte[]> files = new LinkedHashMap<>();
      try (ZipFile zip = new ZipFile(war.toFile())) {
        for (ZipEntry entry : zip.stream().filter(file -> !file.isDirectory()).toList()) {
          files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
      }
      return files;
    }
  }
}
