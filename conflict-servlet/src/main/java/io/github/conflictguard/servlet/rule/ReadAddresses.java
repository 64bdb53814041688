package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.match.PathVariables;
import io.github.conflictguard.servlet.match.RequestPattern;
import io.github.conflictguard.servlet.match.RequestView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses at which the resources of a rule are read, where those differ from the ones at
 * which they are written. Immutable and safe for use by several threads.
 */
final class ReadAddresses {

  private final List<RequestPattern> reads;

  ReadAddresses(List<RequestPattern> reads) {
    this.reads = reads;
  }

  /**
   * Returns where the resource of a write can be read, if that differs from where it is written;
   * null when it does not, or when the rule does not determine it.
   *
   * @param page the path of the page from which the write was sent; null when it is not known
   */
  @Nullable String of(RequestView facts, Map<String, String> captured, @Nullable String page) {
    RequestPattern elsewhere = readElsewhere(facts, captured, page);
    return elsewhere == null ? null : expanded(elsewhere, captured);
  }

  /** Returns whether the values from the request can be a part of that address. */
  boolean isPlain(RequestView facts, Map<String, String> captured, @Nullable String page) {
    RequestPattern elsewhere = readElsewhere(facts, captured, page);
    return elsewhere == null || elsewhere.keepsShape(captured);
  }

  /** Returns whether a resource is read at an address that a pattern of {@code read} matches. */
  boolean isByPattern(RequestView facts, Map<String, String> captured, @Nullable String page) {
    RequestPattern elsewhere = readElsewhere(facts, captured, page);
    return (elsewhere != null && elsewhere.expand(captured) != null)
        || reads.stream().anyMatch(pattern -> pattern.isAddressOf(facts, captured));
  }

  /** Prefers the page from which the write was sent, then a pattern with the same address. */
  private @Nullable RequestPattern readElsewhere(
      RequestView facts, Map<String, String> captured, @Nullable String page) {
    RequestPattern samePath = null;
    RequestPattern first = null;
    for (RequestPattern pattern : reads) {
      if (expanded(pattern, captured) != null) {
        if (page != null && pattern.path().matches(page, new PathVariables())) {
          return pattern;
        }
        samePath = samePath == null && pattern.isAboutPath(facts) ? pattern : samePath;
        first = first == null ? pattern : first;
      }
    }
    for (RequestPattern pattern : reads) {
      if (pattern.isAddressOf(facts, captured)) {
        return null;
      }
    }
    boolean ownPath = reads.stream().anyMatch(pattern -> pattern.isAboutPath(facts));
    return samePath == null && !ownPath ? first : samePath;
  }

  /**
   * Returns the address; parameters of a form are added to the query of a GET if no other pattern
   * is more specific.
   */
  private @Nullable String expanded(RequestPattern pattern, Map<String, String> captured) {
    String address = pattern.expand(captured);
    boolean first = address == null && reads.get(0) == pattern;
    return first && reads.stream().allMatch(other -> other.expand(captured) == null)
        ? pattern.expandInQuery(captured)
        : address;
  }
}
