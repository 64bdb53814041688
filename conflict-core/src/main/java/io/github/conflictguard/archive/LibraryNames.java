package io.github.conflictguard.archive;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The libraries to weave, as patterns of file names. Not thread-safe. */
final class LibraryNames {

  private final Map<String, PathMatcher> patterns = new LinkedHashMap<>();
  private final List<String> unmatched;

  LibraryNames(List<String> patterns) {
    for (String pattern : patterns) {
      this.patterns.put(pattern, FileSystems.getDefault().getPathMatcher("glob:" + pattern));
    }
    this.unmatched = new ArrayList<>(patterns);
  }

  /** Returns whether a library is selected, and records the patterns that match it. */
  boolean contain(String entry) {
    boolean found = false;
    try {
      Path name = Paths.get(entry.substring(entry.lastIndexOf('/') + 1));
      for (Map.Entry<String, PathMatcher> pattern : patterns.entrySet()) {
        if (pattern.getValue().matches(name)) {
          unmatched.remove(pattern.getKey());
          found = true;
        }
      }
    } catch (InvalidPathException e) {
      return false; // A file of this system cannot have such a name, and a pattern cannot match it.
    }
    return found;
  }

  /** Returns the patterns that have not matched a library so far. */
  List<String> unmatched() {
    return unmatched;
  }
}
