package io.github.conflictguard.servlet.journal;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.LostUpdateEvent;
import io.github.conflictguard.json.JsonWriter;
import io.github.conflictguard.servlet.journal.JournalEntry.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A line of the log as an object of the Elastic Common Schema. */
public final class EcsLine {

  private static final String VERSION = "8.11.0";

  private EcsLine() {}

  /** Returns the line for a conflict, see {@link #of(JournalEntry, String, Throwable)}. */
  public static String of(ConflictEvent event, String service) {
    return of(JournalEntry.of(event, UnaryOperator.identity()).at(0), service, event.thrown());
  }

  /** Returns the line for a lost update, see {@link #of(JournalEntry, String, Throwable)}. */
  public static String of(LostUpdateEvent event, String service) {
    return of(JournalEntry.of(event, UnaryOperator.identity()).at(0), service, null);
  }

  /**
   * Returns the line for an entry, without its end. It contains no names or pseudonyms of people.
   *
   * @param service the context path
   * @param thrown the throwable behind it, of which the class is named; null for none
   */
  static String of(JournalEntry entry, String service, @Nullable Throwable thrown) {
    Collision collision = entry.collision();
    JsonWriter json = new JsonWriter();
    json.startObject();
    json.field("@timestamp", entry.time().toString());
    json.field("log.level", "INFO");
    json.field("message", entry.kind() + ' ' + entry.outcome().code());
    json.field("ecs.version", VERSION);
    json.field("service.name", service.isEmpty() ? "/" : service);
    json.startObject("event");
    json.field("kind", "event");
    json.startArray("category");
    json.string("web");
    json.endArray();
    json.startArray("type");
    json.string(entry.outcome() == Outcome.REFUSED ? "denied" : "info");
    json.endArray();
    json.field("action", entry.kind());
    json.field("outcome", entry.outcome() == Outcome.REFUSED ? "failure" : "unknown");
    if (collision.lockWait() >= 0) {
      json.field("duration", TimeUnit.MILLISECONDS.toNanos(collision.lockWait()));
    }
    json.endObject();
    json.startObject("http");
    json.startObject("request");
    json.field("method", entry.method());
    json.endObject();
    if (entry.status() != 0) {
      json.startObject("response");
      json.field("status_code", entry.status());
      json.endObject();
    }
    json.endObject();
    json.startObject("url");
    json.field("path", entry.path());
    json.endObject();
    if (thrown != null) {
      json.startObject("error");
      json.field("type", thrown.getClass().getName());
      json.endObject();
    }
    if (collision.traceId() != null) {
      json.startObject("trace");
      json.field("id", collision.traceId());
      json.endObject();
    }
    json.startObject("conflict_guard");
    json.field("found", entry.found());
    json.field("resource", entry.resourceKey());
    known(json, "rule", entry.rule());
    known(json, "handler", entry.handler());
    known(json, "constraint", entry.constraint());
    known(json, "instance", entry.instance());
    if (collision.origin() != Collision.Origin.UNKNOWN) {
      json.field("origin", collision.origin().code());
    }
    if (collision.otherAge() >= 0) {
      json.field("other_age", collision.otherAge());
    }
    json.endObject();
    json.endObject();
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }

  private static void known(JsonWriter json, String name, @Nullable String value) {
    if (value != null) {
      json.field(name, value);
    }
  }
}
