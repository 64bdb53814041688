package io.github.conflictguard.servlet.container;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a test wants to run, before a container has it. */
final class Deployment {

  final Map<String, Servlet> servlets = new LinkedHashMap<>();
  final List<FilterEntry> filters = new ArrayList<>();
  final Map<String, String> contextParams = new LinkedHashMap<>();
  final Map<String, Object> attributes = new LinkedHashMap<>();
  final Set<String> multipart = new HashSet<>();
  final Path folder = newFolder();
  final RequestsInside inside = new RequestsInside();
  final Map<Integer, String> pagesForStatus = new LinkedHashMap<>();
  @Nullable String pageForExceptions;
  boolean compressed;
  boolean withFiles;
  boolean writable;

  /** Whether the limits of the container and the settings of the filter are the usual ones. */
  boolean defaults;

  /** Where the container lets the user {@code ada} read alone; null for no such place. */
  @Nullable String constrained;

  private static Path newFolder() {
    try {
      return Files.createTempDirectory(Path.of("target"), "webapp").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  record FilterEntry(String name, Filter filter, Map<String, String> initParams) {}
}
