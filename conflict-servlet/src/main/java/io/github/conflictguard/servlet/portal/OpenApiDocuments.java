package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.json.JsonWriter;
import io.github.conflictguard.servlet.rule.Mode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document of the guarded paths, in two versions. Kept until the mode of a rule
 * changes. Safe for use by several threads.
 */
final class OpenApiDocuments {

  private final GuardedPaths paths;
  private final ProblemKinds kinds;
  private final String application;
  private final Map<OpenApiVersion, Kept> kept = new ConcurrentHashMap<>();

  OpenApiDocuments(GuardedPaths paths, ProblemKinds kinds, String application) {
    this.paths = paths;
    this.kinds = kinds;
    this.application = application;
  }

  /**
   * Returns the document.
   *
   * @param version null for the version that most tools read
   * @return null if there is no such version
   */
  @Nullable Document of(@Nullable String version) {
    OpenApiVersion chosen = OpenApiVersion.named(version);
    if (chosen == null) {
      return null;
    }
    List<Mode> modes = paths.modes();
    Kept last = kept.get(chosen);
    if (last == null || !last.modes.equals(modes)) {
      last = new Kept(modes, write(chosen));
      kept.put(chosen, last);
    }
    return last.document;
  }

  private Document write(OpenApiVersion version) {
    JsonWriter json = new JsonWriter();
    json.value(new OpenApi(version, paths, kinds, application).document());
    return new Document("application/json", json.toBytes(), null);
  }

  private static final class Kept {
    final List<Mode> modes;
    final Document document;

    Kept(List<Mode> modes, Document document) {
      this.modes = modes;
      this.document = document;
    }
  }
}
