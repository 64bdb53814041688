package io.github.conflictguard.example.server;

import static io.github.conflictguard.example.server.OfficeClient.json;
import static io.github.conflictguard.example.server.OfficeClient.path;

import java.net.http.HttpResponse;
import java.util.UUID;

/** The sorts of records that the office keeps: one for each source of entity tags. */
public enum OfficeRecord {
  /** Tags from the body of the answer. */
  CUSTOMER("api/customers/9999", "name", "{\"name\":\"%s\",\"email\":\"%s@example.org\"}"),

  /** Tags from the row in the database; the only one with a modification date. */
  ORDER("api/orders/9999", "item", "{\"customerId\":1,\"item\":\"%s\",\"quantity\":1}"),

  /** A page; tags from a counter. */
  NOTICE("notices/absent", "text", "{\"text\":\"%s\"}"),

  /** Tags from a resolver. */
  STOCK("api/stock/absent", "label", "{\"label\":\"%s\",\"pieces\":1}");

  private final String absent;
  private final String field;
  private final String body;

  OfficeRecord(String absent, String field, String body) {
    this.absent = absent;
    this.field = field;
    this.body = body;
  }

  /** A path at which nothing is. */
  public String absent() {
    return absent;
  }

  /** Whether PUT makes what is not there. */
  public boolean isCreatedByPut() {
    return this == NOTICE || this == STOCK;
  }

  /** Whether reads carry Last-Modified. */
  public boolean isDated() {
    return this == ORDER;
  }

  /** A record of its own for a test, that has the text. */
  public Instance create(OfficeClient client, String text) throws Exception {
    String id = UUID.randomUUID().toString();
    HttpResponse<String> created;
    String path;
    if (isCreatedByPut()) {
      path = absent.replace("absent", id);
      created = client.sendJson("PUT", path, body(text, id));
    } else {
      created = client.sendJson("POST", absent.replace("/9999", ""), body(text, id));
      path = path(created);
    }
    if (created.statusCode() / 100 != 2) {
      throw new AssertionError(created + ": " + created.body());
    }
    return new Instance(client, path, id);
  }

  private String body(String text, String id) {
    return body.formatted(text, id);
  }

  /** One record. */
  public final class Instance {

    private final OfficeClient client;
    private final String path;
    private final String id;

    private Instance(OfficeClient client, String path, String id) {
      this.client = client;
      this.path = path;
      this.id = id;
    }

    /** Its path, without the slash in front. */
    public String path() {
      return path;
    }

    /** The body of a PUT or PATCH that gives it another text. */
    public String body(String text) {
      return OfficeRecord.this.body(text, id);
    }

    /** Reads it. */
    public HttpResponse<String> read() throws Exception {
      return client.send("GET", path);
    }

    /** The text that an answer to a read shows. */
    public String textIn(HttpResponse<String> read) throws Exception {
      if (OfficeRecord.this == NOTICE) {
        return read.body().replaceFirst("(?s).*value=\"([^\"]*)\".*", "$1");
      }
      return json(read).get(field).textValue();
    }

    /** The text that it has; null when it is gone. */
    public String text() throws Exception {
      HttpResponse<String> read = read();
      return read.statusCode() == 404 ? null : textIn(read);
    }
  }
}
