package io.github.conflictguard.loadtime;

import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.classfile.TargetPattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of the agent, given after {@code -javaagent:conflict-guard-agent.jar=}: options
 * separated by semicolons, or the path of a file with one option on each line. Immutable.
 *
 * <table>
 * <caption>Options</caption>
 * <tr><td>{@code target=}<td>a {@link TargetPattern}; may be repeated
 * <tr><td>{@code record=}<td>an exception class of the application to record as well; may be
 * repeated
 * <tr><td>{@code fenceModules=true}<td>commits are fenced also by drivers that do not see the boot
 * class loader, as in OSGi and JBoss Modules
 * <tr><td>{@code recorder=false}<td>disables the recorder
 * <tr><td>{@code supertypes=false}<td>only annotations on the class itself are considered, not
 * those of its supertypes
 * <tr><td>{@code verbose=true}<td>lists each woven method on standard error
 * </table>
 */
final class WeaveOptions {

  private static final String ACCEPTED =
      "target=, record=, fenceModules=true, recorder=false, supertypes=false and verbose=true,"
          + " separated by semicolons, or the path of a file with one of them in each line";

  private final List<TargetPattern> patterns = new ArrayList<>();
  private final List<String> recorded = new ArrayList<>();
  private boolean fencesModules;
  private boolean recorder = true;
  private boolean supertypes = true;
  private boolean verbose;

  private WeaveOptions() {}

  /**
   * Parses options.
   *
   * @param text null or empty for none
   * @throws IllegalArgumentException if one is unknown or invalid; the message contains the
   *     accepted ones
   */
  static WeaveOptions parse(@Nullable String text) {
    WeaveOptions options = new WeaveOptions();
    if (text == null || text.trim().isEmpty()) {
      return options;
    }
    Path file = fileOf(text.trim());
    if (file == null) {
      for (String option : text.split(";", -1)) {
        options.add(option.trim(), "the agent's options");
      }
      return options;
    }
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        options.add(line.trim(), file.toString());
      }
      return options;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the agent's options name the file '" + file + "', which cannot be read", e);
    }
  }

  /**
   * Returns the file of the options; null if the text is not a path: a path contains neither an
   * equals sign nor a semicolon, an option contains an equals sign.
   */
  private static @Nullable Path fileOf(String text) {
    return text.indexOf('=') < 0 && text.indexOf(';') < 0 ? Paths.get(text) : null;
  }

  private void add(String option, String place) {
    if (option.isEmpty() || option.startsWith("#")) {
      return;
    }
    int equals = option.indexOf('=');
    String name = option.substring(0, Math.max(equals, 0));
    String value = option.substring(equals + 1).trim();
    switch (name) {
      case "target":
        patterns.add(TargetPattern.parse(value));
        break;
      case "record":
        recorded.add(value.replace('.', '/'));
        break;
      case "fenceModules":
        fencesModules = trueOrFalse(option, value, place);
        break;
      case "recorder":
        recorder = trueOrFalse(option, value, place);
        break;
      case "supertypes":
        supertypes = trueOrFalse(option, value, place);
        break;
      case "verbose":
        verbose = trueOrFalse(option, value, place);
        break;
      default:
        throw wrong(option, place, ACCEPTED);
    }
  }

  private static boolean trueOrFalse(String option, String value, String place) {
    if (!value.equals("true") && !value.equals("false")) {
      throw wrong(option, place, "true and false");
    }
    return value.equals("true");
  }

  private static IllegalArgumentException wrong(String option, String place, String accepted) {
    return new IllegalArgumentException(
        "'" + option + "' in " + place + " is unknown or wrong; accepted are " + accepted);
  }

  /** Returns the original texts of the targets. */
  List<String> targetTexts() {
    List<String> texts = new ArrayList<>();
    patterns.forEach(pattern -> texts.add(pattern.toString()));
    return texts;
  }

  GuardTargets targets() {
    return GuardTargets.of(patterns.toArray(new TargetPattern[0]));
  }

  /** Returns internal names. */
  List<String> recorded() {
    return recorded;
  }

  boolean fencesModules() {
    return fencesModules;
  }

  boolean hasRecorder() {
    return recorder;
  }

  boolean looksAbove() {
    return supertypes;
  }

  boolean isVerbose() {
    return verbose;
  }
}
