package io.github.conflictguard.servlet.portal;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The command lines of the page. */
final class Command {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/_.~-]*");

  private static final List<String> WITH_BODY = Arrays.asList("POST", "PUT", "PATCH");

  private Command() {}

  /**
   * Returns a command that performs an operation, where {@code BASE} is the application.
   *
   * @param keyHeader the header of idempotency keys
   */
  static String of(Operation operation, String keyHeader) {
    String target = "\"$BASE\"" + quoted(operation.target());
    if (!operation.isWrite()) {
      return "curl -i "
          + (operation.method().equals("GET") ? "" : "-X " + operation.method() + ' ')
          + target;
    }
    StringBuilder command = new StringBuilder("curl -i -X " + operation.method() + ' ' + target);
    if (operation.rule().forms() != null && operation.method().equals("POST")) {
      return command.append(" --data @form.txt").toString();
    }
    boolean creates = operation.method().equals("POST") && operation.variables().isEmpty();
    if (!creates || operation.isPreconditionRequired()) {
      command.append(" -H 'If-Match: \"TAG\"'");
    }
    if (operation.keyDemand() != null) {
      command.append(" -H '" + keyHeader + ": \"KEY\"'");
    }
    if (WITH_BODY.contains(operation.method())) {
      command.append(" -H 'Content-Type: application/json' --data @body.json");
    }
    return command.toString();
  }

  /** Quotes for a shell what is not plain. */
  private static String quoted(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
