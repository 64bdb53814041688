package com.example.orders.requests;

import java.util.ArrayList;
import java.util.List;

/** The requests that each application is sent. */
final class Samples {

  private static final String JSON = "application/json";
  private static final String MULTIPART = "multipart/form-data; boundary=b";
  private static final String FILE =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nfive!\r\n--b--\r\n";
  private static final String NEW = "{\"id\": 9, \"name\": \"new\", \"email\": \"9@example.com\"}";

  private final List<Sample> samples = new ArrayList<>();

  private Samples() {}

  static List<Sample> ofFlavour() {
    Samples samples = new Samples();
    samples.addConflicts();
    samples.addRetries();
    samples.addTransactions();
    samples.addLocks();
    samples.addShapes();
    samples.addUploads();
    if (System.getProperty("orders.flavour").equals("jakarta")) {
      samples.addRecords();
    }
    return samples.samples;
  }

  private void addConflicts() {
    json("new customer", "POST", "/app/customers", NEW, "", "");
    json("taken address", "POST", "/app/customers", NEW.replace("9@", "1@"), "", "");
    json(
        "stale version",
        "PUT",
        "/app/customers/2",
        "{\"id\": 2, \"name\": \"late\", \"email\": \"2@example.com\", \"version\": 7}",
        "",
        "");
    json("customer with orders", "DELETE", "/app/customers/1", "", "", "");
    json("customer without orders", "DELETE", "/app/customers/3", "", "", "");
    post("order of no customer", "/app/orders?id=5&customer=99", "", "");
    post("first shipment", "/app/orders/1/ship?times=1", "", "");
    post("second shipment", "/app/orders/1/ship?times=2", "", "");
    post("held row", "/app/held?patient=false", "", "");
    post("kind that is left out", "/app/without-wrong-state", "", "");
    post("kind that is not meant", "/app/only-wrong-state", "", "");
    post("exception that is no conflict", "/app/unusual", "", "");
    json("taken address without guard", "POST", "/app/unguarded", NEW.replace("9@", "1@"), "", "");
  }

  private void addRetries() {
    post("row that is let go", "/app/held?patient=true", "", "");
    json("third attempt", "POST", "/app/after?failures=2", NEW, "", "");
    json("no third attempt after a duplicate", "POST", "/app/after?failures=1", NEW.replace("9@", "1@"), "", "");
    json("retries given up", "POST", "/app/after?failures=9", NEW, "", "");
    post("stale version of its own reading", "/app/meanwhile", "", "");
    post("exception that is named", "/app/sneaky?failures=2", "", "");
    post("exception that is named, given up", "/app/sneaky?failures=3", "", "");
    post("monitor of Lombok", "/app/one-by-one", "", "");
    post("servlet", "/old?failures=1", "", "");
  }

  private void addTransactions() {
    post("inside of a transaction", "/app/inside?failures=1", "", "");
    add("commit in spite of a conflict", "POST", "/app/orders/1/ship-anyway", "", "", "/app/orders/1", "", "");
  }

  private void addLocks() {
    post("lock by getter", "/app/locks/getter?one=a&two=a", "", "");
    post("other key", "/app/locks/getter?one=a&two=b", "", "");
    post("lock by accessor", "/app/locks/fluent?one=a&two=a", "", "");
    post("lock by key of a map", "/app/locks/map?one=a&two=a", "", "");
    post("lock in a static method", "/app/locks/static?one=1&two=1", "", "");
    post("key of nothing", "/app/locks/getter?one=&two=a", "", "");
    post("lock not to be had", "/app/brief", "", "");
    post("lock until the stage is complete", "/app/later", "", "");
    post("failed stage", "/app/later-failed", "", "");
  }

  private void addShapes() {
    for (String kind :
        List.of("private", "package", "protected", "final", "static", "nested", "anonymous")) {
      post(kind + " method", "/app/methods/" + kind, "", "");
    }
    post("proxy of the JDK", "/app/shipping/ship", "", "");
    post("method of an interface", "/app/shipping/cancel", "", "");
    post("generated subclass", "/app/archive?failures=1", "", "");
    post("proxy of Hibernate", "/app/by-proxy?name=x", "", "");
    post("proxy of Hibernate, refused", "/app/by-proxy?name=", "", "");
    post("guarded class", "/app/guarded/ship", "", "");
    post("private method of a guarded class", "/app/guarded/hidden", "", "");
  }

  private void addUploads() {
    add("part that was read", "POST", "/app/uploads/part", MULTIPART, FILE, "", "", "");
    add("bytes of a part", "POST", "/app/uploads/part-bytes", MULTIPART, FILE, "", "", "");
    add("body that was read", "POST", "/app/uploads/stream", "text/plain", "five!", "", "", "");
    add("bytes of a body", "POST", "/app/uploads/bytes", "application/octet-stream", "five!", "", "", "");
  }

  private void addRecords() {
    json("lock by accessor of a record", "POST", "/app/records/meet", "{\"id\": \"7\"}", "", "");
    json("guarded record", "POST", "/app/records/send", "{\"id\": \"7\"}", "", "");
  }

  private void json(
      String name, String method, String path, String body, String asItWas, String guarded) {
    add(name, method, path, JSON, body, "", asItWas, guarded);
  }

  private void post(String name, String path, String asItWas, String guarded) {
    add(name, "POST", path, "text/plain", "", "", asItWas, guarded);
  }

  private void add(
      String name,
      String method,
      String path,
      String type,
      String body,
      String afterwards,
      String asItWas,
      String guarded) {
    samples.add(new Sample(name, method, path, type, body, afterwards, asItWas, guarded));
  }
}
