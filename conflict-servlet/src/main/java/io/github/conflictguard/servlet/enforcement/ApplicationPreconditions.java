package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.EntityTagSet;
import io.github.conflictguard.etag.EntityTagSyntaxException;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.servlet.doctor.Doctor;
import io.github.conflictguard.servlet.tag.CurrentState;
import io.github.conflictguard.servlet.tag.OwnTag;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tells, where no rule applies, which preconditions the application judges itself: those with tags
 * of its own, which it may compare in its own way (weak ones as they are, version numbers without
 * quotes), or expect where nothing can be read, such as at an action below a record.
 *
 * <p>A write that carries a tag of the filter's form is never left to it, unless its own tags have
 * that form. Safe for use by several threads.
 */
final class ApplicationPreconditions {

  private static final int PLACES = 4096;

  /** Clients choose the paths, and must not push other findings out. */
  private static final int MOST_TOLD = 20;

  /**
   * Which resources were read with a tag of the application, by a hash of their keys. Two with the
   * same hash are one: a tag that the filter has not given out goes on to the application then, and
   * every other one is judged as before.
   */
  private final AtomicLongArray read = new AtomicLongArray(PLACES);

  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Called when a read has been answered with an entity tag of the application. */
  void noteTag(ResourceKey key) {
    long hash = hash(key);
    read.set(place(hash), hash);
  }

  /** Whether a read of the resource has been answered with an entity tag of the application. */
  private boolean isTagNoted(ResourceKey key) {
    long hash = hash(key);
    return read.get(place(hash)) == hash;
  }

  /** Whether the application judges, as far as that can be told without asking it. */
  boolean judgesUnasked(Exchange exchange) {
    boolean left = isForeign(exchange) && isTagNoted(exchange.target.key());
    if (left) {
      tell(exchange, "it has answered reads there with an entity tag of its own");
    }
    return left;
  }

  /**
   * Whether the application judges.
   *
   * @param current what it has answered to the filter's own GET
   */
  boolean judges(Exchange exchange, CurrentState current) {
    if (exchange.policy.isOfRule()) {
      return false;
    }
    String tag = current.tagOfApplication();
    if (tag != null) {
      boolean left = !carriesTagOfFilter(exchange) || hasFormOfFilter(tag);
      if (left) {
        tell(exchange, "its answer to GET there shows an entity tag of its own");
      }
      return left;
    }
    String reason = isForeign(exchange) ? reasonNotToJudge(exchange, current) : "";
    if (!reason.isEmpty()) {
      tell(exchange, reason);
    }
    return !reason.isEmpty();
  }

  /** Why a tag that the filter cannot have given out may be the application's; "" if it is not. */
  private static String reasonNotToJudge(Exchange exchange, CurrentState current) {
    if (current.representation().isUnreadable() && current.refusal() == null) {
      return "it cannot be asked for the current state there, and the request carries a tag that is"
          + " not the guard's";
    }
    if (current.isServedByContainer()) {
      return "what is there seems to be a static file, and the request carries a tag that is not"
          + " the guard's";
    }
    // A POST need not be aimed at what can be read at the same address. Other methods are.
    return current.isAbsent() && exchange.target.method().equals("POST")
        ? "nothing can be read there, and the request carries a tag that is not the guard's"
        : "";
  }

  /** Whether {@code If-Match} names something, and nothing that the filter has given out. */
  private static boolean isForeign(Exchange exchange) {
    if (exchange.policy.isOfRule()) {
      return false;
    }
    EntityTagSet tags = exchange.conditions.ifMatch();
    if (tags != null) {
      return !tags.tags().isEmpty() && !OwnTag.isIn(tags);
    }
    List<String> lines = exchange.lines(ConditionalHeaders.IF_MATCH);
    return !lines.isEmpty() && !OwnTag.isWithin(lines);
  }

  private static boolean carriesTagOfFilter(Exchange exchange) {
    return OwnTag.isWithin(exchange.lines(ConditionalHeaders.IF_MATCH))
        || OwnTag.isWithin(exchange.lines(ConditionalHeaders.IF_NONE_MATCH));
  }

  private static boolean hasFormOfFilter(String tag) {
    try {
      return OwnTag.isOne(EntityTag.parse(tag));
    } catch (EntityTagSyntaxException e) {
      return OwnTag.isWithin(Collections.singletonList(tag));
    }
  }

  private void tell(Exchange exchange, String reason) {
    String shape = Doctor.shapeOf(exchange.request);
    if (told.size() < MOST_TOLD && told.add(shape)) {
      exchange.doctor.leftToApplication(shape, reason);
    }
  }

  private static int place(long hash) {
    return (int) (hash >>> 52);
  }

  /** Returns a hash that clients cannot choose, and never 0, which stands for no resource. */
  private static long hash(ResourceKey key) {
    return key.keyedHash() | 1;
  }
}
