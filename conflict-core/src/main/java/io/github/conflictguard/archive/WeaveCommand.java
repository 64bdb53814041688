package io.github.conflictguard.archive;

import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.classfile.TargetPattern;
import io.github.conflictguard.store.StoreDialect;
import io.github.conflictguard.store.StoreTable;
import io.github.conflictguard.weave.ConsoleLog;
import io.github.conflictguard.weave.UnmatchedTargets;
import io.github.conflictguard.weave.Weaver;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The command line: weaves a WAR, EAR, JAR, executable archive of Spring Boot, or a folder, for
 * builds without Maven and for applications without source.
 *
 * <pre>{@code java -jar conflict-guard-agent.jar [options] FILE-OR-FOLDER}</pre>
 *
 * <p>The exit status is 0 if all methods that require a guard have one, 1 if one has not, and 2 if
 * the arguments are invalid or a file could not be read or written.
 */
public final class WeaveCommand {

  /** The marker's value for woven methods. */
  static final String NAME = Weaver.BY_COMMAND;

  private static final String USAGE =
      String.join(
          System.lineSeparator(),
          "Usage: java -jar conflict-guard-agent.jar [options] FILE-OR-FOLDER",
          "",
          "Puts the guard into the methods of a WAR, an EAR, a JAR, an executable archive of",
          "Spring Boot or a folder that carry @ConflictGuarded or that a target names. A file is",
          "replaced when all is done, and kept as FILE.unwoven as it was.",
          "",
          "  --output FILE     write there, and leave the input as it is",
          "  --lib PATTERN     weave the libraries with such a name, too: orders-*.jar",
          "  --target TARGET   guard com.example.Orders#save(java.lang.String), * for any name;",
          "                    options follow after spaces: attempts=3 lock=order/{0}",
          "  --targets FILE    one target in each line",
          "  --class-path PATH where to look for classes that the application does not contain",
          "  --no-backup       keep no FILE.unwoven",
          "  --check           change nothing and name the methods that have no guard yet",
          "  --list            change nothing and name the woven methods with their options",
          "  --undo            put FILE.unwoven back",
          "  --quiet           name only those methods that cannot be guarded",
          "",
          "  --schema DATABASE print the statement that creates the table of a store; DATABASE is",
          "                    one of " + StoreDialect.names());

  private final WeaveCommandLine line;
  private final ConsoleLog log;

  private WeaveCommand(WeaveCommandLine line, PrintStream out) {
    this.line = line;
    this.log = new ConsoleLog(out, !line.quiet);
  }

  /** Runs the command and exits the JVM. */
  public static void main(String[] arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  /**
   * Runs the command inside another program, for example a build.
   *
   * @return the exit status, see above
   */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    if (Arrays.asList(arguments).contains("--help") || arguments.length == 0) {
      out.println(USAGE);
      return arguments.length == 0 ? 2 : 0;
    }
    try {
      if (arguments[0].equals("--schema")) {
        return printSchema(out, arguments);
      }
      WeaveCommandLine line = new WeaveCommandLine(Arrays.asList(arguments).iterator());
      WeaveCommand command = new WeaveCommand(line, out);
      if (line.is("--undo")) {
        return command.undo();
      }
      return line.is("--list") ? command.list() : command.weave();
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println(USAGE);
      return 2;
    } catch (IOException e) {
      err.println("Reading or writing failed: " + e);
      return 2;
    }
  }

  private static int printSchema(PrintStream out, String... arguments) {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          "The option --schema stands alone, with the name of a database: " + StoreDialect.names());
    }
    String table = new StoreTable(null, StoreTable.USUAL_PREFIX).name();
    out.println(StoreDialect.named(arguments[1]).createTable(table) + ";");
    return 0;
  }

  private int undo() throws IOException {
    new WeaveBackup(line.input).restore();
    log.say(line.input + " is as it was before it was woven");
    return 0;
  }

  private int list() throws IOException {
    ArchiveListing listing = new ArchiveListing(log);
    listing.list(line.input);
    log.say(listing.methods() + " methods guarded");
    return log.refusedCount() > 0 ? 1 : 0;
  }

  private int weave() throws IOException {
    UnmatchedTargets unmatched = new UnmatchedTargets(line.targets);
    LibraryNames libraries = new LibraryNames(line.libraries);
    GuardTargets targets = GuardTargets.of(line.targets.toArray(new TargetPattern[0]));
    Weaver weaver = new Weaver(targets, NAME, log);
    Path output = line.output == null ? line.input : line.output;
    WeaveBackup backup = line.keepsBackup ? new WeaveBackup(line.input) : null;
    ApplicationFile application = new ApplicationFile(line.input, output, backup);
    ApplicationFile.Weaving weaving =
        new ApplicationFile.Weaving() {
          @Override
          public ArchiveWeaver weaver(ApplicationLayout layout, ApplicationClasses classes) {
            return new ArchiveWeaver(weaver, log, libraries, unmatched, isCheck(), layout, classes);
          }

          @Override
          public List<URL> classPath() throws IOException {
            return ApplicationClasses.urls(line.classPath);
          }

          @Override
          public boolean isCheck() {
            return line.is("--check");
          }
        };
    if (Files.isDirectory(line.input)) {
      application.weaveFolder(weaving);
    } else {
      application.weaveArchive(weaving);
    }
    for (TargetPattern target : unmatched.get()) {
      log.refused(
          target.toString(), "no method is matched by this target, or none that has a body");
    }
    for (String library : libraries.unmatched()) {
      log.refused("--lib " + library, "there is no library with such a name");
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
