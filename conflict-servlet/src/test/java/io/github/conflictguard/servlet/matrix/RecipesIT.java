package io.github.conflictguard.servlet.matrix;

import static io.github.conflictguard.servlet.matrix.ServerKind.JETTY_12_EE10;
import static io.github.conflictguard.servlet.matrix.ServerKind.JETTY_12_EE8;
import static io.github.conflictguard.servlet.matrix.ServerKind.TOMCAT_11;
import static io.github.conflictguard.servlet.matrix.ServerKind.TOMCAT_9;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules file of each recipe protects an application that is made of the real framework. */
@ParameterizedClass
@MethodSource("kinds")
class RecipesIT {

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static Server server;

  @Parameter ServerKind kind;

  static List<ServerKind> kinds() {
    List<ServerKind> kinds = new ArrayList<>(ServerKind.ofThisBuild());
    kinds.retainAll(EnumSet.of(TOMCAT_9, TOMCAT_11, JETTY_12_EE8, JETTY_12_EE10));
    return kinds;
  }

  @BeforeParameterizedClassInvocation
  static void start(ServerKind kind) throws Exception {
    server = Server.start(kind, RecipeWar.on(kind), List.of());
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> staleSavesAreRefusedMergedAndStored() {
    return each(
        office -> {
          String id = office.customer();
          FormClient ada = office.login("ada");
          FormClient.Filled mine = office.edit(ada, id);
          mine.with(office.field("name"), office.name("Ada"));
          office.saved(office.edit(office.login("grace"), id).with(office.field("phone"), "2"));
          FormClient.Answer refused = office.refused(mine);
          assertTrue(refused.text().contains("Customer " + id), refused::toString);
          FormClient.Answer merged = office.merged(ada, id, refused);
          assertEquals("2", merged.form(0).value(office.field("phone")), merged::toString);
          office.saved(office.edit(office.login("linus"), id).with(office.field("rating"), "gold"));
          FormClient.Answer again = office.refused(merged.form(0));
          office.saved(office.merged(ada, id, again).form(0));
          assertEquals(office.name("Ada") + "|2|gold|false|one/two/three/four", office.row(id));
        });
  }

  @TestFactory
  Stream<DynamicTest> secondSaveFromOnePageIsNoConflict() {
    return each(
        office -> {
          String id = office.customer();
          FormClient.Filled page = office.edit(office.login("ada"), id);
          office.saved(page.with(office.field("phone"), "2"));
          FormClient.Answer second = page.with(office.field("phone"), "3").press(office.war.save());
          if (office.war.hasSpentTokens()) {
            assertEquals(200, second.status(), second::toString);
            assertTrue(second.text().contains("token"), second::toString);
          } else {
            assertTrue(second.isRedirect(), second::toString);
            assertEquals(
                office.name("Old") + "|3|silver|false|one/two/three/four", office.row(id));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> secondTabIsStaleAfterTheFirst() {
    return each(
        office -> {
          String id = office.customer();
          FormClient ada = office.login("ada");
          FormClient.Filled first = office.edit(ada, id);
          office.saved(office.edit(ada, id).with(office.field("phone"), "2"));
          first.with(office.field("name"), office.name("Ada"));
          FormClient.Answer refused = office.refused(first);
          assertTrue(refused.text().contains("You have saved this from another page"));
          office.saved(office.merged(ada, id, refused).form(0));
          assertEquals(office.name("Ada") + "|2|silver|false|one/two/three/four", office.row(id));
        });
  }

  @TestFactory
  Stream<DynamicTest> doubleClickCreatesOneCustomer() {
    return each(
        office -> {
          FormClient ada = office.login("ada");
          FormClient.Filled form = ada.open(office.war.create(), 0);
          form.with(office.field("name"), office.name("New"));
          int before = office.size();
          String first = form.press(office.war.add()).header("Location");
          FormClient.Answer second = form.press(office.war.add());
          assertTrue(second.isRedirect(), second::toString);
          assertEquals(first, second.header("Location"));
          assertEquals("true", second.header("Idempotent-Replayed"));
          assertEquals(before + 1, office.size());
        });
  }

  @TestFactory
  Stream<DynamicTest> cancelIsNeverRefusedAndMakesNoPageOld() {
    return each(
        office -> {
          String id = office.customer();
          FormClient.Filled mine = office.edit(office.login("ada"), id);
          office.saved(office.edit(office.login("grace"), id).with(office.field("phone"), "2"));
          FormClient.Filled other = office.edit(office.login("linus"), id);
          FormClient.Answer back = mine.with(office.field("name"), "x").press(office.war.cancel());
          assertTrue(back.isRedirect() || back.status() == 200, back::toString);
          assertFalse(back.text().contains("tag:conflictguard"), back::toString);
          office.saved(other.with(office.field("phone"), "3"));
          assertEquals(office.name("Old") + "|3|silver|false|one/two/three/four", office.row(id));
        });
  }

  @TestFactory
  Stream<DynamicTest> staleDeletionIsRefused() {
    return each(
        office -> {
          String id = office.customer();
          FormClient ada = office.login("ada");
          FormClient.Answer mine = ada.get(office.war.edit(id));
          office.saved(office.edit(office.login("grace"), id).with(office.field("phone"), "2"));
          FormClient.Answer refused = office.war.delete(mine);
          assertEquals(412, refused.status(), refused::toString);
          assertTrue(office.row(id).contains("|2|"));
          FormClient.Answer deleted = office.war.delete(ada.get(office.war.edit(id)));
          assertTrue(deleted.isRedirect(), deleted::toString);
          assertEquals("null", office.row(id));
        });
  }

  @TestFactory
  Stream<DynamicTest> whatIsDeletedIsNotSavedAgain() {
    return each(
        office -> {
          String id = office.customer();
          FormClient ada = office.login("ada");
          FormClient.Filled mine = office.edit(ada, id).with(office.field("phone"), "2");
          office.war.delete(office.login("grace").get(office.war.edit(id)));
          FormClient.Answer refused = office.refused(mine);
          assertEquals(office.war.asks(), refused.text().contains("deleted"), refused::toString);
          assertEquals("null", office.row(id));
        });
  }

  @TestFactory
  Stream<DynamicTest> nameOfAnotherCustomerIsADuplicate() {
    return each(
        office -> {
          office.customer();
          FormClient ada = office.login("ada");
          FormClient.Filled form = ada.open(office.war.create(), 0);
          form.with(office.field("name"), office.name("Old"));
          int before = office.size();
          FormClient.Answer refused = form.press(office.war.add());
          assertEquals(409, refused.status(), refused::toString);
          assertEquals(office.name("Old"), refused.form(0).value(office.field("name")));
          assertEquals(before, office.size());
          form = refused.form(0).with(office.field("name"), office.name("Other"));
          FormClient.Answer saved = form.press(office.war.add());
          if (office.war.hasSpentTokens()) {
            assertTrue(saved.text().contains("token"), saved::toString);
          } else {
            assertTrue(saved.isRedirect(), saved::toString);
            assertEquals(before + 1, office.size());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> formWithMistakesMakesNoPageOld() {
    return each(
        office -> {
          String id = office.customer();
          FormClient.Filled mine = office.edit(office.login("ada"), id);
          FormClient.Filled other = office.edit(office.login("grace"), id);
          FormClient.Answer again = other.with(office.field("name"), "").press(office.war.save());
          assertEquals(office.war.mistakeStatus(), again.status(), again::toString);
          assertTrue(again.text().contains("is missing"), again::toString);
          office.saved(mine.with(office.field("phone"), "2"));
        });
  }

  private Stream<DynamicTest> each(ThrowingConsumer<Office> test) {
    return DynamicTest.stream(
        RecipeWar.on(kind).stream().map(Office::new), office -> office.war.name(), test);
  }

  /** One application, and a customer of its own in it for each test. */
  private static final class Office {

    final RecipeWar war;
    private final String number = " " + NAMES.incrementAndGet();
    private final FormClient outside;

    Office(RecipeWar war) {
      this.war = war;
      this.outside = client();
    }

    private FormClient client() {
      return new FormClient("http://127.0.0.1:" + server.port() + war.path());
    }

    FormClient login(String name) throws IOException {
      return war.login(client(), name);
    }

    /** A name that no other test uses. */
    String name(String name) {
      return name + number;
    }

    String field(String name) {
      return war.field(name);
    }

    /** Adds a customer to the table, past all pages, and returns the id. */
    String customer() throws IOException {
      URI ledger =
          URI.create(
              "http://127.0.0.1:"
                  + server.port()
                  + war.path()
                  + "/ledger?name="
                  + name("Old").replace(' ', '+'));
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
      return client.open(war.edit(id), 0);
    }

    FormClient.Answer saved(FormClient.Filled form) throws IOException {
      FormClient.Answer answer = form.press(war.save());
      assertTrue(answer.isRedirect(), answer::toString);
      return answer;
    }

    FormClient.Answer refused(FormClient.Filled form) throws IOException {
      FormClient.Answer answer = form.press(war.save());
      assertEquals(412, answer.status(), answer::toString);
      assertFalse(answer.header("Content-Type").isEmpty());
      return answer;
    }
  }
}
