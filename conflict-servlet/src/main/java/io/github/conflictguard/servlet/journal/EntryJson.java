package io.github.conflictguard.servlet.journal;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.Collision.ChangedBy;
import io.github.conflictguard.json.JsonWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON form of an entry in the journal file. Members that are not known are absent. */
final class EntryJson {

  /** The maximum length of a line, in bytes. */
  static final int LONGEST_LINE = 8192;

  private static final int SHORT_PATH = 64;

  private EntryJson() {}

  /** Returns one line in UTF-8 without its end, of at most 8 KiB. */
  static byte[] line(JournalEntry entry) {
    JsonWriter whole = new JsonWriter();
    write(whole, entry, true, JournalEntry.LONGEST_PATH);
    byte[] bytes = whole.toBytes();
    if (bytes.length <= LONGEST_LINE) {
      return bytes;
    }
    JsonWriter brief = new JsonWriter();
    write(brief, entry, false, SHORT_PATH);
    return brief.toBytes();
  }

  private static void write(JsonWriter json, JournalEntry entry, boolean fields, int longest) {
    Collision collision = entry.collision();
    json.startObject();
    json.field("sequence", entry.sequence());
    json.field("time", entry.time().toString());
    json.field("outcome", entry.outcome().code());
    json.field("kind", entry.kind());
    if (entry.status() != 0) {
      json.field("status", entry.status());
    }
    json.field("found", entry.found());
    known(json, "rule", entry.rule());
    known(json, "handler", entry.handler());
    json.field("method", entry.method());
    json.field("path", cut(entry.path(), longest));
    json.field("resource", cut(entry.resourceKey(), longest));
    known(json, "constraint", entry.constraint());
    known(json, "instance", entry.instance());
    known(json, "actor", collision.actor());
    known(json, "other", collision.other());
    if (collision.origin() != Collision.Origin.UNKNOWN) {
      json.field("origin", collision.origin().code());
    }
    known(json, "otherPlace", collision.otherPlace());
    known(json, "otherInstance", collision.otherInstance());
    known(json, "baseTag", tag(collision.baseTag()));
    known(json, "currentTag", tag(collision.currentTag()));
    known(json, "sentTag", tag(collision.sentTag()));
    known(json, "baseAge", collision.baseAge());
    known(json, "otherAge", collision.otherAge());
    known(json, "lockWait", collision.lockWait());
    known(json, "wasted", collision.wasted());
    known(json, "node", collision.node());
    known(json, "traceId", collision.traceId());
    if (fields && !collision.fields().isEmpty()) {
      json.startObject("fields");
      for (Map.Entry<String, ChangedBy> field : collision.fields().entrySet()) {
        json.field(field.getKey(), field.getValue().code());
      }
      json.endObject();
    }
    json.endObject();
  }

  private static void known(JsonWriter json, String name, @Nullable String value) {
    if (value != null) {
      json.field(name, value);
    }
  }

  private static void known(JsonWriter json, String name, long millis) {
    if (millis >= 0) {
      json.field(name, millis);
    }
  }

  private static @Nullable String tag(@Nullable String tag) {
    return tag == null ? null : cut(tag, SHORT_PATH);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
