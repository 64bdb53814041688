package io.github.conflictguard.servlet.rule;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the few rules that may be about a request, by its method and the parts of its path, so that
 * a long list of rules costs no more than a short one. What it leaves out cannot fit; what it gives
 * still has to be asked. Immutable and safe for use by several threads.
 */
final class RuleIndex {

  private static final int[] NONE = {};

  private final Node root = new Node();

  RuleIndex(List<Rule> rules) {
    for (int i = 0; i < rules.size(); i++) {
      for (RequestPattern pattern : rules.get(i).patterns()) {
        add(pattern, i);
      }
    }
  }

  private void add(RequestPattern pattern, int rule) {
    Node node = root;
    for (String part : pattern.path().parts()) {
      node = part == null ? node.below() : node.below(part);
    }
    node.add(pattern.methods(), rule, pattern.path().isOpen());
  }

  /** The places of the rules in their list, ascending; not to be changed. */
  int[] candidates(String method, String path) {
    int[] open = of(root.open, method);
    return path.startsWith("/") ? find(root, method, path, 1, open) : open;
  }

  /** Adds to those found so far what lies below a node, along the path from this place on. */
  private static int[] find(Node node, String method, String path, int from, int[] found) {
    int slash = path.indexOf('/', from);
    String part = path.substring(from, slash < 0 ? path.length() : slash);
    Node named = node.parts.get(part);
    int[] all = named == null ? found : enter(named, method, path, slash, found);
    return node.any == null ? all : enter(node.any, method, path, slash, all);
  }

  private static int[] enter(Node node, String method, String path, int slash, int[] found) {
    int[] all = merge(found, of(node.open, method));
    return slash < 0
        ? merge(all, of(node.closed, method))
        : find(node, method, path, slash + 1, all);
  }

  private static int[] of(Map<String, int[]> byMethod, String method) {
    int[] rules = byMethod.get(method);
    return rules == null ? NONE : rules;
  }

  /** Ascending and without repetitions, as both of these are. */
  private static int[] merge(int[] some, int[] more) {
    if (more.length == 0 || some.length == 0) {
      return some.length == 0 ? more : some;
    }
    int[] all = new int[some.length + more.length];
    int size = 0;
    for (int i = 0, j = 0; i < some.length || j < more.length; ) {
      int next = j == more.length || (i < some.length && some[i] < more[j]) ? some[i] : more[j];
      all[size++] = next;
      i += i < some.length && some[i] == next ? 1 : 0;
      j += j < more.length && more[j] == next ? 1 : 0;
    }
    return Arrays.copyOf(all, size);
  }

  /** A place that paths may come to; read only, once the index is made. */
  private static final class Node {

    final Map<String, Node> parts = new HashMap<>(2);

    /** Behind a part that holds a variable. */
    @Nullable Node any;

    /** The rules whose paths end here, by method. */
    final Map<String, int[]> closed = new HashMap<>(2);

    /** The rules whose paths end here or go on in whatever way, by method. */
    final Map<String, int[]> open = new HashMap<>(2);

    Node below() {
      if (any == null) {
        any = new Node();
      }
      return any;
    }

    Node below(String part) {
      return parts.computeIfAbsent(part, p -> new Node());
    }

    void add(Collection<String> methods, int rule, boolean isOpen) {
      for (String method : methods) {
        (isOpen ? open : closed).merge(method, new int[] {rule}, RuleIndex::merge);
      }
    }
  }
}
