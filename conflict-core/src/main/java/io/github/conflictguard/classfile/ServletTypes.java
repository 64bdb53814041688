package io.github.conflictguard.classfile;

import java.util.regex.Pattern;

/** The types of the Servlet API, under either of its names. */
final class ServletTypes {

  /** One text for both: the build that renames the API in a jar must not find them. */
  private static final Pattern NAME = Pattern.compile("(javax|jakarta)\\.servlet\\..*");

  private ServletTypes() {}

  static boolean include(String type) {
    return NAME.matcher(type).matches();
  }
}
