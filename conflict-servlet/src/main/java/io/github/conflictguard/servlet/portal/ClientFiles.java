package io.github.conflictguard.servlet.portal;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The module for browsers and its types. Immutable. */
final class ClientFiles {

  private final Map<String, Document> files = new HashMap<>();

  ClientFiles() {
    files.put("client.js", Document.ofFile("client.min.js", "text/javascript;charset=utf-8"));
    files.put("client.d.ts", Document.ofFile("client.d.ts", "text/plain;charset=utf-8"));
  }

  /** Returns a file; null if there is none of this name. */
  @Nullable Document named(String name) {
    return files.get(name);
  }
}
