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

  private static final String NOT_ACQUIRED = "500 {\"error\":\"CannotAcquireLockException\"} | ";

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
    if (isJakarta()) {
      samples.addRecords();
    }
    return samples.samples;
  }

  static boolean isJakarta() {
    return System.getProperty("orders.flavour").equals("jakarta");
  }

  private void addConflicts() {
    json("new customer", "POST", "/app/customers", NEW, 
        "200 {\"id\":9,\"name\":\"new\",\"email\":\"9@example.com\",\"version\":0} | begin register, add, commit",
        "200 {\"id\":9,\"name\":\"new\",\"email\":\"9@example.com\",\"version\":0} | begin register, add, commit");
    json("taken address", "POST", "/app/customers", NEW.replace("9@", "1@"), 
        "500 {\"error\":\"DataIntegrityViolationException\"} | begin register, add, rollback, fail register",
        "409 duplicate-key | begin register, add, rollback, fail register");
    json(
        "stale version",
        "PUT",
        "/app/customers/2",
        "{\"id\": 2, \"name\": \"late\", \"email\": \"2@example.com\", \"version\": 7}",
        "500 {\"error\":\"ObjectOptimisticLockingFailureException\"} | change, rollback",
        "409 stale-version | change, rollback");
    json("customer with orders", "DELETE", "/app/customers/1", "", 
        "500 {\"error\":\"DataIntegrityViolationException\"} | remove, rollback",
        "409 still-referenced | remove, rollback");
    json("customer without orders", "DELETE", "/app/customers/3", "", 
        "200 | remove, commit",
        "200 | remove, commit");
    post("order of no customer", "/app/orders?id=5&customer=99", 
        "500 {\"error\":\"DataIntegrityViolationException\"} | order, rollback",
        "409 missing-reference | order, rollback");
    post("first shipment", "/app/orders/1/ship?times=1", 
        "200 | ship",
        "200 | ship");
    post("second shipment", "/app/orders/1/ship?times=2", 
        "500 {\"error\":\"AlreadyShipped\"} | ship, ship",
        "409 wrong-state | ship, ship");
    post("held row", "/app/held?patient=false", 
        "500 {\"error\":\"PessimisticLockingFailureException\"} | rename, rollback",
        "409 locked retry | rename, rollback, rename, rollback");
    post("kind that is left out", "/app/without-wrong-state", 
        "500 {\"error\":\"AlreadyShipped\"} | withoutWrongState",
        "409 wrong-state | withoutWrongState");
    post("kind that is not meant", "/app/only-wrong-state", 
        NOT_ACQUIRED + "onlyWrongState",
        "409 locked retry | onlyWrongState");
    post("exception that is no conflict", "/app/unusual", 
        "200 same true, suppressed 1 | unusual",
        "200 same true, suppressed 1 | unusual");
    json("taken address without guard", "POST", "/app/unguarded", NEW.replace("9@", "1@"), 
        "500 {\"error\":\"DataIntegrityViolationException\"} | add, rollback",
        "409 duplicate-key | add, rollback");
  }

  private void addRetries() {
    post("row that is let go", "/app/held?patient=true", 
        "500 {\"error\":\"PessimisticLockingFailureException\"} | rename, rollback",
        "200 | rename, rollback, rename, commit");
    json("third attempt", "POST", "/app/after?failures=2", NEW, 
        NOT_ACQUIRED + "begin registerAfter, registerAfter, fail registerAfter",
        "200 {\"id\":9,\"name\":\"new\",\"email\":\"9@example.com\",\"version\":0} | begin registerAfter, registerAfter, fail registerAfter, begin registerAfter, registerAfter, fail registerAfter, begin registerAfter, registerAfter, add, commit");
    json("no third attempt after a duplicate", "POST", "/app/after?failures=1", NEW.replace("9@", "1@"), 
        NOT_ACQUIRED + "begin registerAfter, registerAfter, fail registerAfter",
        "409 duplicate-key | begin registerAfter, registerAfter, fail registerAfter, begin registerAfter, registerAfter, add, rollback, fail registerAfter");
    json("retries given up", "POST", "/app/after?failures=9", NEW, 
        NOT_ACQUIRED + "begin registerAfter, registerAfter, fail registerAfter",
        "409 locked retry | begin registerAfter, registerAfter, fail registerAfter, begin registerAfter, registerAfter, fail registerAfter, begin registerAfter, registerAfter, fail registerAfter");
    post("stale version of its own reading", "/app/meanwhile", 
        "500 {\"error\":\"ObjectOptimisticLockingFailureException\"} | rename, rename, commit, rollback",
        "200 {\"id\":2,\"name\":\"mine\",\"email\":\"2@example.com\",\"version\":2} | rename, rename, commit, rollback, rename, commit");
    post("exception that is named", "/app/sneaky?failures=2", 
        "500 {\"error\":\"IOException\"} | sneaky",
        "200 reached | sneaky, sneaky, sneaky");
    post("exception that is named, given up", "/app/sneaky?failures=3", 
        "500 {\"error\":\"IOException\"} | sneaky",
        "500 {\"error\":\"IOException\"} | sneaky, sneaky, sneaky");
    post("monitor of Lombok", "/app/one-by-one", 
        NOT_ACQUIRED + "oneByOne",
        "200 done | oneByOne, oneByOne");
    post("servlet", "/old?failures=1", 
        "500 attempt 1 | doPost",
        "200 attempt 2 | doPost, doPost");
  }

  private void addTransactions() {
    post("inside of a transaction", "/app/inside?failures=1", 
        NOT_ACQUIRED + "begin, renameInside, rollback",
        "409 locked retry | begin, renameInside, rollback");
    add("commit in spite of a conflict", "POST", "/app/orders/1/ship-anyway", "", "", "/app/orders/1", 
        "500 {\"error\":\"AlreadyShipped\"} | shipAnyway, commit; then sent twice",
        "409 wrong-state | shipAnyway, commit; then sent twice");
  }

  private void addLocks() {
    post("lock by getter", "/app/locks/getter?one=a&two=a", 
        "200 together | ",
        "200 one by one | ");
    post("other key", "/app/locks/getter?one=a&two=b", 
        "200 together | ",
        "200 together | ");
    post("lock by accessor", "/app/locks/fluent?one=a&two=a", 
        "200 together | ",
        "200 one by one | ");
    post("lock by key of a map", "/app/locks/map?one=a&two=a", 
        "200 together | ",
        "200 one by one | ");
    post("lock in a static method", "/app/locks/static?one=1&two=1", 
        "200 together | ",
        "200 one by one | ");
    post("key of nothing", "/app/locks/getter?one=&two=a", 
        "200 together | ",
        "400 {\"error\":\"IllegalArgumentException\"} | ");
    post("lock not to be had", "/app/brief", 
        "200 | brief, brief, both",
        "409 locked retry | brief");
    post("lock until the stage is complete", "/app/later", 
        "200 first | later, later, done",
        "200 first | later, done, later");
    post("failed stage", "/app/later-failed", 
        NOT_ACQUIRED + "later",
        "409 locked retry | later");
  }

  private void addShapes() {
    for (String kind :
        List.of("private", "package", "protected", "final", "static", "nested", "anonymous")) {
      post(
          kind + " method",
          "/app/methods/" + kind,
          NOT_ACQUIRED + kind,
          "200 " + kind + " | " + kind + ", " + kind);
    }
    post("proxy of the JDK", "/app/shipping/ship", 
        NOT_ACQUIRED + "ship",
        "200 shipped | ship, ship");
    post("method of an interface", "/app/shipping/cancel", 
        NOT_ACQUIRED + "cancel",
        "200 cancelled | cancel, cancel");
    post("generated subclass", "/app/archive?failures=1", 
        NOT_ACQUIRED + "archive 7",
        "200 archived | archive 7, archive 7");
    post("proxy of Hibernate", "/app/by-proxy?name=x", 
        "200 {\"id\":1,\"name\":\"x\",\"email\":\"1@example.com\",\"version\":1} | rename 1",
        "200 {\"id\":1,\"name\":\"x\",\"email\":\"1@example.com\",\"version\":1} | rename 1");
    post("proxy of Hibernate, refused", "/app/by-proxy?name=", 
        "500 {\"error\":\"AlreadyShipped\"} | rename 1",
        "409 wrong-state | rename 1");
    post("guarded class", "/app/guarded/ship", 
        "500 {\"error\":\"AlreadyShipped\"} | guarded ship",
        "409 wrong-state | guarded ship");
    post("private method of a guarded class", "/app/guarded/hidden", 
        "200 hidden | ",
        "200 hidden | ");
  }

  private void addUploads() {
    add("part that was read", "POST", "/app/uploads/part", MULTIPART, FILE, "", 
        NOT_ACQUIRED + "store 5",
        "409 locked retry | store 5");
    add("bytes of a part", "POST", "/app/uploads/part-bytes", MULTIPART, FILE, "", 
        NOT_ACQUIRED + "store 5",
        "200 5 | store 5, store 5");
    add("body that was read", "POST", "/app/uploads/stream", "text/plain", "five!", "", 
        NOT_ACQUIRED + "store 5",
        "409 locked retry | store 5");
    add("bytes of a body", "POST", "/app/uploads/bytes", "application/octet-stream", "five!", "", 
        NOT_ACQUIRED + "store 5",
        "200 5 | store 5, store 5");
  }

  private void addRecords() {
    json("lock by accessor of a record", "POST", "/app/records/meet", "{\"id\": \"7\"}", 
        "200 together | ",
        "200 one by one | ");
    json("guarded record", "POST", "/app/records/send", "{\"id\": \"7\"}", 
        "500 {\"error\":\"AlreadyShipped\"} | send 7",
        "409 wrong-state | send 7");
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
