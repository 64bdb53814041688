package io.github.conflictguard.classfile;

import java.util.regex.Pattern;

/** The types of the Servlet API, in both of its namespaces. */
final class ServletTypes {

  /** A single string for both: the build that renames the API in a jar must not match it. */
  private static final Pattern NAME = Pattern.compile("(javax|jakarta)\\.servlet\\..*");

  private ServletTypes() {}

  static boolean include(String type) {
    return NAME.matcher(type).matches();
  }
}
