package io.github.conflictguard.weave;

import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.classfile.TargetPattern;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The command line: weaves a finished WAR, a JAR or a folder of classes, for builds without Maven
 * and for applications without source.
 *
 * <pre>{@code java -jar conflict-guard-agent.jar [options] FILE-OR-FOLDER}</pre>
 *
 * <p>It ends with 0 when every method that asks for a guard has one, with 1 when one has not, and
 * with 2 when it was called wrongly or could not read or write.
 */
public final class WeaveCommand {

  private static final String USAGE =
      String.join(
          System.lineSeparator(),
          "Usage: java -jar conflict-guard-agent.jar [options] FILE-OR-FOLDER",
          "",
          "Puts the guard into the methods of a WAR, a JAR or a folder of classes that carry",
          "@ConflictGuarded or that a target names. A file is replaced when all is done.",
          "",
          "  --output FILE     write there, and leave the input as it is",
          "  --lib PATTERN     weave the jars of WEB-INF/lib with such a name, too: orders-*.jar",
          "  --target TARGET   guard com.example.Orders#save(java.lang.String), * for any name;",
          "                    options follow after spaces: attempts=3 lock=order/{0}",
          "  --targets FILE    one target in each line",
          "  --class-path PATH where to look for classes above those that are woven",
          "  --check           change nothing and say which methods have no guard yet",
          "  --quiet           name only those methods that cannot be guarded");

  private final List<TargetPattern> targets = new ArrayList<>();
  private final List<String> libraries = new ArrayList<>();
  private final List<Path> classPath = new ArrayList<>();
  private @Nullable Path input;
  private @Nullable Path output;
  private boolean check;
  private boolean quiet;

  private WeaveCommand() {}

  /** Runs the command and ends the JVM. */
  public static void main(String[] arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  /**
   * Runs the command inside of another program, a build for example.
   *
   * @return how it ended, see above
   */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    if (Arrays.asList(arguments).contains("--help") || arguments.length == 0) {
      out.println(USAGE);
      return arguments.length == 0 ? 2 : 0;
    }
    try {
      WeaveCommand command = new WeaveCommand();
      command.read(Arrays.asList(arguments).iterator());
      return command.weave(out);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println(USAGE);
      return 2;
    } catch (IOException e) {
      err.println("Reading or writing failed: " + e);
      return 2;
    }
  }

  private void read(Iterator<String> arguments) throws IOException {
    while (arguments.hasNext()) {
      String argument = arguments.next();
      switch (argument) {
        case "--output":
          output = Paths.get(valueOf(argument, arguments));
          break;
        case "--lib":
          libraries.add(valueOf(argument, arguments));
          break;
        case "--target":
          targets.add(TargetPattern.parse(valueOf(argument, arguments)));
          break;
        case "--targets":
          for (String line :
              Files.readAllLines(Paths.get(valueOf(argument, arguments)), StandardCharsets.UTF_8)) {
            if (!line.trim().isEmpty() && !line.startsWith("#")) {
              targets.add(TargetPattern.parse(line));
            }
          }
          break;
        case "--class-path":
          for (String part : valueOf(argument, arguments).split(File.pathSeparator, -1)) {
            classPath.add(Paths.get(part));
          }
          break;
        case "--check":
          check = true;
          break;
        case "--quiet":
          quiet = true;
          break;
        default:
          readInput(argument);
      }
    }
    if (input == null) {
      throw new IllegalArgumentException("No file or folder is named");
    }
  }

  private void readInput(String argument) {
    if (argument.startsWith("-") || input != null) {
      throw new IllegalArgumentException("The argument '" + argument + "' is unknown");
    }
    input = Paths.get(argument);
    if (!Files.exists(input)) {
      throw new IllegalArgumentException("There is no file or folder '" + argument + "'");
    }
  }

  private static String valueOf(String option, Iterator<String> arguments) {
    if (!arguments.hasNext()) {
      throw new IllegalArgumentException("The option " + option + " has no value");
    }
    return arguments.next();
  }

  private int weave(PrintStream out) throws IOException {
    Path from = Objects.requireNonNull(input);
    ConsoleLog log = new ConsoleLog(out, !quiet);
    UnmatchedTargets unmatched = new UnmatchedTargets(targets);
    Weaver weaver =
        new Weaver(GuardTargets.of(targets.toArray(new TargetPattern[0])), "command", log);
    try (ApplicationClasses classes = new ApplicationClasses(from, classPath)) {
      Path to = output == null ? from : output;
      new ArchiveWeaver(check ? weaver::check : weaver::weave, log, classes, libraries, unmatched)
          .weave(from, to);
    }
    for (TargetPattern target : unmatched.get()) {
      log.refused(target.toString(), "no method is matched by this target");
    }
    log.say(
        log.wovenCount()
            + " methods guarded now, "
            + log.foundCount()
            + " before, "
            + log.refusedCount()
            + " not");
    return log.refusedCount() > 0 ? 1 : 0;
  }
}
