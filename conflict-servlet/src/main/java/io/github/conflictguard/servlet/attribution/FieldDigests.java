package io.github.conflictguard.servlet.attribution;

import io.github.conflictguard.resource.SipHash;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of the fields of a form, or of the members of a JSON text, each with a keyed digest of
 * its value, from which the value cannot be guessed. Bounded. Immutable.
 */
public final class FieldDigests {

  static final int MOST_FIELDS = 64;
  static final int LONGEST_NAME = 80;
  private static final int DEEPEST = 4;

  private static final SipHash HASH = new SipHash();

  private final Map<String, Long> digests;
  private final boolean partial;

  private FieldDigests(Map<String, Long> digests, boolean partial) {
    this.digests = Collections.unmodifiableMap(digests);
    this.partial = partial;
  }

  /** Returns the digests of the fields of a form. */
  public static FieldDigests ofForm(Map<String, ? extends List<String>> fields) {
    Map<String, Long> digests = new LinkedHashMap<>();
    fields.forEach((name, values) -> put(digests, name, values));
    return new FieldDigests(digests, false);
  }

  /** Returns the digests of request parameters. */
  public static FieldDigests ofParameters(Map<String, String[]> parameters) {
    Map<String, Long> digests = new LinkedHashMap<>();
    parameters.forEach((name, values) -> put(digests, name, Arrays.asList(values)));
    return new FieldDigests(digests, false);
  }

  /**
   * Returns the digests of the members of a JSON text, by their JSON pointers (RFC 6901). Members
   * of nested objects count separately, and arrays as one value.
   *
   * @param json the value as {@code JsonReader} returns it
   * @param partial whether members that are absent stay as they are: a merge patch (RFC 7396)
   * @return null if the value is neither an object nor a JSON patch (RFC 6902)
   */
  public static @Nullable FieldDigests ofJson(@Nullable Object json, boolean partial) {
    Map<String, Long> digests = new LinkedHashMap<>();
    if (json instanceof Map) {
      addMembers(digests, "", (Map<?, ?>) json, 1);
      return new FieldDigests(digests, partial);
    }
    if (json instanceof List && addOperations(digests, (List<?>) json)) {
      return new FieldDigests(digests, true);
    }
    return null;
  }

  private static void addMembers(
      Map<String, Long> digests, String at, Map<?, ?> object, int depth) {
    for (Map.Entry<?, ?> member : object.entrySet()) {
      String name =
          at + '/' + String.valueOf(member.getKey()).replace("~", "~0").replace("/", "~1");
      Object value = member.getValue();
      if (value instanceof Map && !((Map<?, ?>) value).isEmpty() && depth < DEEPEST) {
        addMembers(digests, name, (Map<?, ?>) value, depth + 1);
      } else {
        put(digests, name, value);
      }
      if (digests.size() >= MOST_FIELDS) {
        return;
      }
    }
  }

  private static boolean addOperations(Map<String, Long> digests, List<?> operations) {
    for (Object operation : operations) {
      Object path = operation instanceof Map ? ((Map<?, ?>) operation).get("path") : null;
      if (!(path instanceof String)) {
        return false;
      }
      Map<?, ?> members = (Map<?, ?>) operation;
      if (!"test".equals(members.get("op"))) {
        put(digests, (String) path, members.get("value"));
      }
    }
    return !operations.isEmpty();
  }

  private static void put(Map<String, Long> digests, String name, @Nullable Object value) {
    if (digests.size() < MOST_FIELDS && name.length() <= LONGEST_NAME) {
      digests.put(name, HASH.of(String.valueOf(value)));
    }
  }

  /** Returns the names of the fields. */
  public Set<String> names() {
    return digests.keySet();
  }

  /** Returns the digest of a field; null when there is no such field. */
  @Nullable Long of(String name) {
    return digests.get(name);
  }

  /** Returns whether fields that are absent stay as they are. */
  boolean isPartial() {
    return partial;
  }
}
