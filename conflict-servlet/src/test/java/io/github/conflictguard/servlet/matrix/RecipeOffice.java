package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** One application on a server, and a customer of its own in it for each test. */
final class RecipeOffice {

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  final RecipeWar war;
  final String address;
  private final String number = " " + NUMBERS.incrementAndGet();
  private final FormClient outside;

  RecipeOffice(RecipeWar war, int port) {
    this(war, port, war.path());
  }

  RecipeOffice(RecipeWar war, int port, String path) {
    this.war = war;
    this.address = "http://127.0.0.1:" + port + path;
    this.outside = client();
  }

  /** A browser without a session. */
  FormClient client() {
    return new FormClient(address);
  }

  FormClient login(String name) throws IOException {
    return war.login(client(), name);
  }

  /** A name that no other test uses. */
  String name(String name) {
    return name + number;
  }

  String field(String name) {
    return war.form.prefix() + name;
  }

  /** Adds a customer to the table, past all pages, and returns the id. */
  String customer() throws IOException {
    URI ledger = URI.create(address + "/ledger?name=" + name("Old").replace(' ', '+'));
    return outside.send("POST", ledger, "").text().trim();
  }

  /** What is stored. */
  String row(String id) throws IOException {
    return outside.get("/ledger?id=" + id).text().trim();
  }

  /** How many customers are stored. */
  int size() throws IOException {
    return Integer.parseInt(outside.get("/ledger").text().trim());
  }

  /**
   * The page with both changes in one: where the guard may not ask, the user opens the current
   * version first.
   */
  FormClient.Answer merged(FormClient client, String id, FormClient.Answer refused)
      throws IOException {
    if (war.asks()) {
      return refused;
    }
    edit(client, id);
    return refused(refused.form(0));
  }

  FormClient.Filled edit(FormClient client, String id) throws IOException {
    return client.open(war.form.edit(id), 0);
  }

  FormClient.Answer saved(FormClient.Filled form) throws IOException {
    FormClient.Answer answer = form.press(war.form.save());
    assertTrue(answer.isRedirect(), answer::toString);
    return answer;
  }

  FormClient.Answer refused(FormClient.Filled form) throws IOException {
    FormClient.Answer answer = form.press(war.form.save());
    assertEquals(412, answer.status(), answer::toString);
    assertFalse(answer.header("Content-Type").isEmpty());
    return answer;
  }
}
