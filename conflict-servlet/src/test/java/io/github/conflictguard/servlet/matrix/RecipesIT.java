package io.github.conflictguard.servlet.matrix;

import static io.github.conflictguard.servlet.matrix.ServerKind.JETTY_12_EE10;
import static io.github.conflictguard.servlet.matrix.ServerKind.JETTY_12_EE8;
import static io.github.conflictguard.servlet.matrix.ServerKind.TOMCAT_11;
import static io.github.conflictguard.servlet.matrix.ServerKind.TOMCAT_9;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
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
          FormClient.Answer second =
              page.with(office.field("phone"), "3").press(office.war.form.save());
          if (office.war.hasSpentTokens()) {
            assertEquals(200, second.status(), second::toString);
            assertTrue(second.text().contains("token"), second::toString);
          } else {
            assertTrue(second.isRedirect(), second::toString);
            assertEquals(office.name("Old") + "|3|silver|false|one/two/three/four", office.row(id));
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
          FormClient.Filled form = ada.open(office.war.form.create(), 0);
          form.with(office.field("name"), office.name("New"));
          int before = office.size();
          String first = form.press(office.war.form.add()).header("Location");
          FormClient.Answer second = form.press(office.war.form.add());
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
          FormClient.Answer back =
              mine.with(office.field("name"), "x").press(office.war.form.cancel());
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
          FormClient.Answer mine = ada.get(office.war.form.edit(id));
          office.saved(office.edit(office.login("grace"), id).with(office.field("phone"), "2"));
          FormClient.Answer refused = office.war.form.deleteOn(mine);
          assertEquals(412, refused.status(), refused::toString);
          assertTrue(office.row(id).contains("|2|"));
          FormClient.Answer deleted = office.war.form.deleteOn(ada.get(office.war.form.edit(id)));
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
          office.war.form.deleteOn(office.login("grace").get(office.war.form.edit(id)));
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
          FormClient.Filled form = ada.open(office.war.form.create(), 0);
          form.with(office.field("name"), office.name("Old"));
          int before = office.size();
          FormClient.Answer refused = form.press(office.war.form.add());
          assertEquals(409, refused.status(), refused::toString);
          assertEquals(office.name("Old"), refused.form(0).value(office.field("name")));
          assertEquals(before, office.size());
          form = refused.form(0).with(office.field("name"), office.name("Other"));
          FormClient.Answer saved = form.press(office.war.form.add());
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
          FormClient.Answer again =
              other.with(office.field("name"), "").press(office.war.form.save());
          assertEquals(office.war.mistakeStatus(), again.status(), again::toString);
          assertTrue(again.text().contains("is missing"), again::toString);
          office.saved(mine.with(office.field("phone"), "2"));
        });
  }

  @Test
  void linesOfTwoAuthorsAreBroughtTogetherInAWiki() throws Exception {
    RecipeOffice wiki = new RecipeOffice(RecipeWar.WIKI, server.port());
    FormClient ada = wiki.client();
    FormClient.Filled mine = ada.open("/wiki/Lines?action=edit", 0);
    mine.with("text", "one by ada\ntwo\nthree\nfour\n");
    FormClient.Filled theirs = wiki.client().open("/wiki/Lines?action=edit", 0);
    wiki.saved(theirs.with("text", "one\ntwo\nthree by grace\nfour\n").with("minor", "1"));
    FormClient.Answer refused = wiki.refused(mine.with("summary", "first line"));
    assertTrue(refused.text().contains("Page Lines"), refused::toString);
    assertEquals("first line", refused.form(0).value("summary"));
    wiki.saved(refused.form(0));
    assertEquals("one by ada\ntwo\nthree by grace\nfour\n", ada.get("/wiki/Lines?raw=1").text());
  }

  @Test
  void previewOfAWikiIsNeverRefusedAndAsOldAsItsPage() throws Exception {
    RecipeOffice wiki = new RecipeOffice(RecipeWar.WIKI, server.port());
    FormClient ada = wiki.client();
    FormClient.Filled mine = ada.open("/wiki/Seen?action=edit", 0).with("text", "mine\n");
    wiki.saved(wiki.client().open("/wiki/Seen?action=edit", 0).with("text", "theirs\n"));
    FormClient.Answer preview = mine.press("preview");
    assertEquals(200, preview.status(), preview::toString);
    assertTrue(preview.text().contains("<h2>Preview"), preview::toString);
    assertTrue(mine.press("cancel").isRedirect());
    wiki.refused(preview.form(0));
    assertEquals("theirs\n", ada.get("/wiki/Seen?raw=1").text());
  }

  @Test
  void resourcesOfJaxRsAreWrittenWithTheirCurrentTagAlone() throws Exception {
    RecipeOffice api = new RecipeOffice(RecipeWar.JAX_RS, server.port());
    String id = api.customer();
    URI customer = URI.create(api.address + "/api/customers/" + id);
    FormClient client = api.client();
    String[] json = {"Content-Type", "application/json", "Accept", "application/json"};
    String old = client.send("GET", customer, null, json).header("ETag");
    String body = "{\"name\":\"" + api.name("Ada") + "\",\"phone\":\"2\"}";
    assertEquals(428, client.send("PUT", customer, body, json).status());
    String[] current = {json[0], json[1], json[2], json[3], "If-Match", old};
    FormClient.Answer saved = client.send("PUT", customer, body, current);
    assertEquals(200, saved.status(), saved::toString);
    FormClient.Answer stale = client.send("PUT", customer, body.replace("2", "3"), current);
    assertEquals(412, stale.status(), stale::toString);
    assertEquals(412, client.send("DELETE", customer, null, current).status());
    assertTrue(api.row(id).startsWith(api.name("Ada") + "|2|"), api.row(id));
    URI all = URI.create(api.address + "/api/customers");
    FormClient.Answer duplicate = client.send("POST", all, body, json);
    assertEquals(409, duplicate.status(), duplicate::toString);
    assertTrue(duplicate.text().contains("\"duplicate-key\""), duplicate::toString);
    current[5] = stale.header("ETag");
    assertEquals(204, client.send("DELETE", customer, null, current).status());
    assertEquals("null", api.row(id));
  }

  private Stream<DynamicTest> each(ThrowingConsumer<RecipeOffice> test) {
    return DynamicTest.stream(
        RecipeWar.on(kind).stream()
            .filter(RecipeWar::hasCustomerForms)
            .map(war -> new RecipeOffice(war, server.port())),
        office -> office.war.name(),
        test);
  }
}
