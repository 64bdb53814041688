package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Compiles the applications below {@code src/test/applications}, which are written for {@code
 * javax}, for either namespace.
 */
final class ApplicationSources {

  private static final Path SOURCES =
      Path.of(System.getProperty("project.root", ".."), "conflict-servlet/src/test/applications");

  private ApplicationSources() {}

  /** Reads the files of an application, by their paths below its folder for the web. */
  static Map<String, byte[]> web(String application, Namespace namespace) throws IOException {
    Path folder = SOURCES.resolve(application).resolve("webapp");
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Path file : below(folder, "")) {
      byte[] bytes = named(Files.readString(file), namespace).getBytes(UTF_8);
      files.put(folder.relativize(file).toString(), bytes);
    }
    return files;
  }

  /** Compiles an application and the classes that all of them share, against its libraries. */
  static Map<String, byte[]> classes(String application, List<Path> libraries, Namespace namespace)
      throws IOException {
    Path work = Files.createTempDirectory(Path.of(System.getProperty("containers.folder")), "app");
    List<String> arguments = new ArrayList<>(List.of("-nowarn", "-proc:none", "-parameters"));
    ServerKind tomcat = namespace == Namespace.JAVAX ? ServerKind.TOMCAT_9 : ServerKind.TOMCAT_11;
    arguments.addAll(List.of("--release", namespace == Namespace.JAVAX ? "8" : "17"));
    List<Path> path = new ArrayList<>(libraries);
    path.addAll(below(tomcat.home().resolve("lib"), ".jar"));
    arguments.add("-classpath");
    arguments.add(
        path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    Path compiled = Files.createDirectory(work.resolve("classes"));
    arguments.addAll(List.of("-d", compiled.toString()));
    for (String folder : List.of("office", application + "/java")) {
      for (Path source : below(SOURCES.resolve(folder), ".java")) {
        Path written = work.resolve(source.getFileName());
        Files.writeString(written, named(Files.readString(source), namespace));
        arguments.add(written.toString());
      }
    }
    int failures =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (failures != 0) {
      throw new AssertionError(application + " does not compile");
    }
    Map<String, byte[]> classes = new LinkedHashMap<>();
    for (Path file : below(compiled, ".class")) {
      classes.put(compiled.relativize(file).toString(), Files.readAllBytes(file));
    }
    return classes;
  }

  /** Finds the files below a folder whose names end like this. */
  static List<Path> below(Path folder, String end) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(end))
          .sorted()
          .toList();
    }
  }

  private static String named(String text, Namespace namespace) {
    return namespace == Namespace.JAVAX
        ? text
        : text.replaceAll("\\bjavax\\.(servlet|faces|ws\\.rs)", "jakarta.$1");
  }
}
