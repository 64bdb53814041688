package io.github.conflictguard.archive;

import io.github.conflictguard.classfile.TargetPattern;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of the {@link WeaveCommand}. */
final class WeaveCommandLine {

  final List<TargetPattern> targets = new ArrayList<>();
  final List<String> libraries = new ArrayList<>();
  final List<Path> classPath = new ArrayList<>();
  final Path input;
  @Nullable Path output;
  boolean quiet;
  boolean keepsBackup = true;
  private @Nullable String action;

  /**
   * Parses arguments.
   *
   * @throws IllegalArgumentException if one is unknown or invalid
   */
  WeaveCommandLine(Iterator<String> arguments) throws IOException {
    Path named = null;
    while (arguments.hasNext()) {
      String argument = arguments.next();
      if (!readOption(argument, arguments)) {
        if (argument.startsWith("-") || named != null) {
          throw new IllegalArgumentException("The argument '" + argument + "' is unknown");
        }
        named = existing(argument);
      }
    }
    if (named == null) {
      throw new IllegalArgumentException("No file or folder is named");
    }
    input = named;
    if (action != null && output != null) {
      throw new IllegalArgumentException(action + " writes no --output");
    }
  }

  /** Reads an option and its value; returns false if the argument is none. */
  private boolean readOption(String argument, Iterator<String> arguments) throws IOException {
    switch (argument) {
      case "--output":
        output = Paths.get(valueOf(argument, arguments));
        return true;
      case "--lib":
        libraries.add(valueOf(argument, arguments));
        return true;
      case "--target":
        targets.add(TargetPattern.parse(valueOf(argument, arguments)));
        return true;
      case "--targets":
        for (String line :
            Files.readAllLines(existing(valueOf(argument, arguments)), StandardCharsets.UTF_8)) {
          if (!line.trim().isEmpty() && !line.startsWith("#")) {
            targets.add(TargetPattern.parse(line));
          }
        }
        return true;
      case "--class-path":
        for (String part : valueOf(argument, arguments).split(File.pathSeparator, -1)) {
          classPath.add(existing(part));
        }
        return true;
      case "--check":
      case "--list":
      case "--undo":
        if (action != null && !action.equals(argument)) {
          throw new IllegalArgumentException("Only one of " + action + " and " + argument);
        }
        action = argument;
        return true;
      case "--quiet":
        quiet = true;
        return true;
      case "--no-backup":
        keepsBackup = false;
        return true;
      default:
        return false;
    }
  }

  /** Returns whether this option is given, which replaces weaving. */
  boolean is(String option) {
    return option.equals(action);
  }

  private static Path existing(String name) {
    Path path = Paths.get(name);
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("There is no file or folder '" + name + "'");
    }
    return path;
  }

  private static String valueOf(String option, Iterator<String> arguments) {
    if (!arguments.hasNext()) {
      throw new IllegalArgumentException("The option " + option + " has no value");
    }
    return arguments.next();
  }
}
