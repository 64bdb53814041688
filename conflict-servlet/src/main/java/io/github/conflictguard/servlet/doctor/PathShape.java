package io.github.conflictguard.servlet.doctor;

import java.util.regex.Pattern;

/** The common form of the paths of similar resources. */
final class PathShape {

  private static final int MOST_PARTS = 8;

  /** Numbers, UUIDs and the like, and any segment that is too long to be a word. */
  private static final Pattern NAME_OF_ONE =
      Pattern.compile("[0-9]+|[0-9a-fA-F-]{8,}|[^/]*[0-9]{4,}[^/]*|[^/]{33,}");

  private PathShape() {}

  /** Returns the path with {@code *} for each segment that identifies one resource among many. */
  static String of(String path) {
    StringBuilder shape = new StringBuilder();
    String[] parts = path.substring(path.startsWith("/") ? 1 : 0).split("/", MOST_PARTS + 1);
    for (int i = 0; i < parts.length; i++) {
      boolean many = i == MOST_PARTS || NAME_OF_ONE.matcher(parts[i]).matches();
      shape.append('/').append(many ? "*" : parts[i].replaceAll("[^!-~]", "?"));
    }
    return shape.toString();
  }
}
