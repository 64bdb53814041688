package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.match.PathTemplate;
import io.github.conflictguard.servlet.match.RequestPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules that may apply to a request, by its method and the segments of its path, so that
 * a long list of rules costs no more than a short one. Omitted rules cannot match; the returned
 * ones still have to be evaluated. Immutable and safe for use by several threads.
 */
final class RuleIndex {

  private static final int[] NONE = {};

  /** The trees of patterns for each method: one for each set of methods. */
  private final Map<String, List<Node>> trees = new HashMap<>();

  RuleIndex(List<Rule> rules) {
    Map<Set<String>, Node> ofMethods = new HashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      for (RequestPattern pattern : rules.get(i).patterns()) {
        add(pattern.path(), i, ofMethods.computeIfAbsent(pattern.methods(), this::newTree));
      }
    }
  }

  private Node newTree(Collection<String> methods) {
    Node root = new Node("");
    for (String method : methods) {
      trees.computeIfAbsent(method, m -> new ArrayList<>()).add(root);
    }
    return root;
  }

  private static void add(PathTemplate path, int rule, Node root) {
    Node node = root;
    for (String part : path.parts()) {
      node = part == null ? node.below() : node.below(part);
    }
    if (path.isOpen()) {
      node.open = merge(node.open, new int[] {rule});
    } else {
      node.closed = merge(node.closed, new int[] {rule});
    }
  }

  /** Returns all methods that appear in patterns. */
  Set<String> methods() {
    return trees.keySet();
  }

  /** Returns the indexes of the rules in their list, ascending; must not be modified. */
  int[] candidates(String method, String path) {
    int[] found = NONE;
    for (Node root : trees.getOrDefault(method, Collections.emptyList())) {
      found = merge(found, root.open);
      if (path.startsWith("/")) {
        found = find(root, path, 1, found);
      }
    }
    return found;
  }

  /** Adds the rules below a node, along the path from an index on, to those found so far. */
  private static int[] find(Node node, String path, int from, int[] found) {
    int slash = path.indexOf('/', from);
    int to = slash < 0 ? path.length() : slash;
    Node named = node.named(path, from, to);
    int[] all = named == null ? found : enter(named, path, slash, found);
    return node.any == null ? all : enter(node.any, path, slash, all);
  }

  private static int[] enter(Node node, String path, int slash, int[] found) {
    int[] all = merge(found, node.open);
    return slash < 0 ? merge(all, node.closed) : find(node, path, slash + 1, all);
  }

  /** Merges two ascending arrays without repetitions into another one. */
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

  /** A node of the tree of path segments; not modified after the index was built. */
  private static final class Node {

    /** The maximum number of nodes that are compared sequentially. */
    private static final int FEW = 8;

    final String part;

    /** The child nodes of literal segments. */
    final List<Node> named = new ArrayList<>(0);

    /** The same nodes by name, if there are many. */
    final Map<String, Node> many = new HashMap<>(0);

    /** The child node of segments with a variable. */
    @Nullable Node any;

    /** The rules whose paths end here. */
    int[] closed = NONE;

    /** The rules whose paths end here or continue in any way. */
    int[] open = NONE;

    Node(String part) {
      this.part = part;
    }

    @Nullable Node named(String path, int from, int to) {
      if (named.size() > FEW) {
        return many.get(path.substring(from, to));
      }
      for (int i = 0; i < named.size(); i++) {
        Node node = named.get(i);
        if (node.part.length() == to - from && path.startsWith(node.part, from)) {
          return node;
        }
      }
      return null;
    }

    Node below() {
      if (any == null) {
        any = new Node("");
      }
      return any;
    }

    Node below(String next) {
      Node known = many.get(next);
      if (known == null) {
        known = new Node(next);
        many.put(next, known);
        named.add(known);
      }
      return known;
    }
  }
}
