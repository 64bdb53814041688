package io.github.conflictguard.servlet.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.Collision.ChangedBy;
import io.github.conflictguard.event.Collision.Origin;
import io.github.conflictguard.servlet.explanation.CustomerOffice.Page;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Known pairs of edits: who, when and which fields. */
@Tag("container")
class ExplainedConflictsTest {

  private static final String CUSTOMER = "/customers/1";

  private final CustomerOffice office = new CustomerOffice();

  @AfterEach
  void stop() throws Exception {
    office.close();
  }

  private HttpResponse<String> collide(String method, String theirs, String yours)
      throws Exception {
    String tag = office.read("ada", CUSTOMER);
    office.read("bob", CUSTOMER);
    assertEquals(204, office.write("bob", method, CUSTOMER, theirs, tag).statusCode());
    return office.write("ada", method, CUSTOMER, yours, tag);
  }

  private static void assertRecent(JsonNode earlier) {
    Instant time = Instant.parse(earlier.get("time").asText());
    assertTrue(Duration.between(time, Instant.now()).abs().toMinutes() < 5, time.toString());
    assertTrue(earlier.get("age").asLong() < 300);
  }

  @Test
  void membersOfJsonThatBothPutAreExplained() throws Exception {
    office.startMonitored("protect");
    HttpResponse<String> refused =
        collide(
            "PUT",
            "{\"city\":\"Cologne\",\"phone\":\"1\"}",
            "{\"city\":\"Mainz\",\"phone\":\"9\"}");
    assertEquals(412, refused.statusCode());
    Collision known = office.last().collision();
    assertEquals(Origin.OTHER, known.origin());
    assertTrue(known.actor().startsWith("u-") && known.other().startsWith("u-"));
    assertNotEquals(known.actor(), known.other());
    assertEquals("customers", known.otherPlace());
    assertTrue(known.otherAge() >= 0 && known.baseAge() >= known.otherAge(), known.toString());
    assertEquals(Map.of("/city", ChangedBy.BOTH, "/phone", ChangedBy.YOURS), known.fields());
    JsonNode problem = CustomerOffice.json(refused);
    assertEquals("other", problem.get("earlierWrite").get("by").asText());
    assertRecent(problem.get("earlierWrite"));
    assertFalse(problem.get("earlierWrite").has("actor"), "hidden by default");
    assertEquals(
        "[{\"pointer\":\"/city\",\"by\":\"both\"},{\"pointer\":\"/phone\",\"by\":\"yours\"}]",
        problem.get("changes").toString());
    assertFalse(refused.body().contains("Cologne"));
  }

  @Test
  void membersThatEachPatchesAreExplained() throws Exception {
    office.startMonitored("protect");
    HttpResponse<String> refused = collide("PATCH", "{\"city\":\"Cologne\"}", "{\"phone\":\"9\"}");
    assertEquals(
        Map.of("/city", ChangedBy.THEIRS, "/phone", ChangedBy.YOURS),
        office.last().collision().fields());
    assertEquals(2, CustomerOffice.json(refused).get("changes").size());
  }

  @Test
  void writeByAnotherRuleWithTheSameKeyIsFound() throws Exception {
    office.startMonitored("protect");
    String tag = office.read("ada", CUSTOMER);
    office.write("bob", "POST", "/moves/1", "{\"city\":\"Cologne\",\"phone\":\"1\"}", null);
    office.write("ada", "PUT", CUSTOMER, "{\"city\":\"Mainz\"}", tag);
    Collision known = office.last().collision();
    assertEquals("moves", known.otherPlace());
    assertEquals(Origin.OTHER, known.origin());
  }

  @Test
  void secondProgramOfTheSameUserIsSelf() throws Exception {
    office.startMonitored("protect");
    String tag = office.read("ada", CUSTOMER);
    office.write("ada", "PUT", CUSTOMER, "{\"city\":\"Cologne\"}", tag);
    HttpResponse<String> refused =
        office.write("ada", "PUT", CUSTOMER, "{\"city\":\"Mainz\"}", tag);
    assertEquals(Origin.SELF, office.last().collision().origin());
    assertEquals("self", CustomerOffice.json(refused).get("earlierWrite").get("by").asText());
  }

  @Test
  void formsOfTwoUsersAreExplained() throws Exception {
    office.startMonitored("protect");
    Page ofAda = office.open(office.login(), "7");
    Page ofBob = office.open(office.login(), "7");
    ofBob.save("Cologne", "1");
    HttpResponse<String> refused = ofAda.save("Mainz", "1");
    assertEquals(412, refused.statusCode());
    Collision known = office.last().collision();
    assertEquals(Origin.OTHER, known.origin());
    assertTrue(known.actor().startsWith("s-"), known.actor());
    assertEquals(Map.of("city", ChangedBy.BOTH), known.fields());
    assertEquals("forms", known.otherPlace());
    JsonNode problem = CustomerOffice.json(refused);
    assertEquals("other", problem.get("earlierWrite").get("by").asText());
  }

  @Test
  void olderTabIsToldThatTheUserHasSavedIt() throws Exception {
    office.start("protect");
    String ada = office.login();
    Page older = office.open(ada, "7");
    Page newer = office.open(ada, "7");
    newer.save("Cologne", "1");
    String page = older.save("Mainz", "1", "Accept", "text/html").body();
    assertEquals(Origin.SELF, office.last().collision().origin());
    assertTrue(page.contains("You saved it just now ("), page);
    assertTrue(page.contains(" UTC), from another tab, window or program."), page);
    assertFalse(page.contains("Another user"), page);
  }

  @Test
  void pageTellsInGermanThatSomebodyElseHasSavedIt() throws Exception {
    office.start("protect");
    Page older = office.open(office.login(), "7");
    office.open(office.login(), "7").save("Cologne", "1");
    String page = older.save("Mainz", "1", "Accept", "text/html", "Accept-Language", "de").body();
    assertTrue(page.contains("Jemand anderes hat es gerade eben gespeichert ("), page);
  }

  @Test
  void anonymousClientsAreNotDistinguished() throws Exception {
    office.startMonitored("protect");
    String tag = office.read(null, CUSTOMER);
    office.write(null, "PUT", CUSTOMER, "{\"city\":\"Cologne\"}", tag);
    HttpResponse<String> refused = office.write(null, "PUT", CUSTOMER, "{\"city\":\"Mainz\"}", tag);
    assertEquals(Origin.UNKNOWN, office.last().collision().origin());
    assertEquals("unknown", CustomerOffice.json(refused).get("earlierWrite").get("by").asText());
  }

  @Test
  void clientsGetPseudonymsOnlyByTheSetting() throws Exception {
    office.startMonitored("protect", "actors", "pseudonym");
    JsonNode problem =
        CustomerOffice.json(collide("PUT", "{\"city\":\"Cologne\"}", "{\"city\":\"Mainz\"}"));
    assertTrue(problem.get("earlierWrite").get("actor").asText().matches("u-[0-9a-f]{8}"));
  }

  @Test
  void clientsGetNamesOnlyByTheSetting() throws Exception {
    office.start("protect", "actors", "name");
    JsonNode problem =
        CustomerOffice.json(collide("PUT", "{\"city\":\"Cologne\"}", "{\"city\":\"Mainz\"}"));
    assertEquals("bob", problem.get("earlierWrite").get("actor").asText());
  }

  @Test
  void hiddenPeopleAreHiddenFromListenersToo() throws Exception {
    office.startMonitored("protect", "actors", "hidden");
    JsonNode problem =
        CustomerOffice.json(collide("PUT", "{\"city\":\"Cologne\"}", "{\"city\":\"Mainz\"}"));
    assertFalse(problem.get("earlierWrite").has("actor"));
    assertNull(office.last().collision().other());
    assertEquals(Origin.OTHER, office.last().collision().origin());
  }

  @Test
  void clientThatWasNotShownTheRecordIsToldNothing() throws Exception {
    office.startMonitored("protect", "actors", "pseudonym");
    String tag = office.read("bob", CUSTOMER);
    office.write("bob", "PUT", CUSTOMER, "{\"city\":\"Cologne\"}", tag);
    HttpResponse<String> refused =
        office.write("eve", "PUT", CUSTOMER, "{\"city\":\"Mainz\"}", tag);
    assertEquals(412, refused.statusCode());
    assertFalse(refused.body().contains("earlierWrite"), refused.body());
    assertFalse(refused.body().contains("changes"), refused.body());
  }

  @Test
  void memberThatIsNeverShownCannotBeGuessed() throws Exception {
    office.startMonitored("protect");
    HttpResponse<String> refused =
        collide(
            "PUT",
            "{\"city\":\"Cologne\",\"secret\":\"42\"}",
            "{\"city\":\"Mainz\",\"secret\":\"41\"}");
    assertTrue(refused.body().contains("\"/city\""), refused.body());
    assertFalse(refused.body().contains("secret"), refused.body());
  }

  @Test
  void formWithATokenOfAnotherSessionIsToldNothing() throws Exception {
    office.startMonitored("protect", "actors", "pseudonym");
    office.server.send("GET", "/customers/9", "User", "any");
    Page ofBob = office.open(office.login(), "7");
    ofBob.save("Cologne", "1");
    String eve = office.login();
    Page stolen = office.open(office.login(), "7");
    HttpResponse<String> refused = stolen.save("Mainz", "1", "Cookie", eve);
    assertFalse(refused.body().contains("earlierWrite"), refused.body());
  }

  @Test
  void worklistClosesWhenTheSaveOfItsSenderGoesThrough() throws Exception {
    office.startMonitored("protect");
    collide("PUT", "{\"city\":\"Cologne\"}", "{\"city\":\"Mainz\"}");
    assertEquals(1, office.monitor("worklist").get("worklist").size());
    String tag = office.read("bob", CUSTOMER);
    office.write("bob", "PUT", CUSTOMER, "{\"city\":\"Trier\"}", tag);
    assertEquals(1, office.monitor("worklist").get("worklist").size(), "the save of another one");
    tag = office.read("ada", CUSTOMER);
    office.write("ada", "PUT", CUSTOMER, "{\"city\":\"Mainz\"}", tag);
    assertEquals(0, office.monitor("worklist").get("worklist").size());
  }

  @Test
  void waitForALockIsReportedWithTheWaitAndTheTrace() throws Exception {
    office.arrived = new CountDownLatch(1);
    office.released = new CountDownLatch(1);
    office.startMonitored("protect", "lockTimeoutMillis", "1000");
    String tag = office.read("ada", CUSTOMER);
    CompletableFuture<Integer> slow =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return office
                    .write("ada", "PUT", CUSTOMER, "{\"city\":\"M\"}", tag, "Wait", "1")
                    .statusCode();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    office.arrived.await();
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    HttpResponse<String> locked =
        office.write(
            "bob",
            "PUT",
            CUSTOMER,
            "{\"city\":\"K\"}",
            tag,
            "traceparent",
            "00-" + trace + "-00f067aa0ba902b7-01");
    office.released.countDown();
    assertEquals(409, locked.statusCode());
    assertEquals(204, slow.get());
    office.server.awaitIdle();
    assertEquals(1, office.waits.size());
    assertFalse(office.waits.get(0).isAcquired());
    assertTrue(office.waits.get(0).waitedMillis() >= 1000);
    assertEquals(trace, office.waits.get(0).collision().traceId());
    assertEquals(trace, office.last().collision().traceId());
    assertTrue(office.last().collision().lockWait() >= 1000);
    assertFalse(locked.body().contains("earlierWrite"), "the last write is not the cause");
  }

  @Test
  void malformedTraceIsIgnored() throws Exception {
    office.start("protect");
    String tag = office.read("ada", CUSTOMER);
    office.write("ada", "PUT", CUSTOMER, "{\"city\":\"K\"}", tag);
    for (String parent : new String[] {"x", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01"}) {
      office.write("ada", "PUT", CUSTOMER, "{\"city\":\"M\"}", tag, "traceparent", parent);
      assertNull(office.last().collision().traceId());
    }
  }

  @Test
  void failedWriteIsNotTheCauseOfAConflict() throws Exception {
    office.startMonitored("protect");
    String tag = office.read("ada", CUSTOMER);
    office.write("ada", "PUT", CUSTOMER, "{\"city\":\"K\"}", tag);
    assertTrue(office.write("bob", "POST", "/moves/1", "no JSON", null).statusCode() >= 500);
    office.write("ada", "PUT", CUSTOMER, "{\"city\":\"M\"}", tag);
    assertEquals(Origin.SELF, office.last().collision().origin());
  }

  @Test
  void riskIsNotSentWithoutTheSetting() throws Exception {
    office.startMonitored("protect");
    assertTrue(
        office
            .server
            .send("GET", CUSTOMER, "User", "ada")
            .headers()
            .firstValue(Explainer.RISK)
            .isEmpty());
  }

  @Test
  void riskIsSentWithTheSettingWhenPredictionsAreBetterThanTheBaseRate() throws Exception {
    office.start("protect", "riskHeader", "true");
    String[] risks = new String[2];
    for (int i = 0; i < 150; i++) {
      String calm = office.read("ada", "/customers/calm" + i % 3);
      office.write("ada", "PUT", "/customers/calm" + i % 3, "{\"city\":\"" + i + "\"}", calm);
      String path = "/customers/busy" + i % 3;
      String ofBob = office.read("bob", path);
      String ofAda = office.read("ada", path);
      office.write("bob", "PUT", path, "{\"city\":\"b" + i + "\"}", ofBob);
      assertEquals(412, office.write("ada", "PUT", path, "{\"city\":\"a\"}", ofAda).statusCode());
    }
    office.read("bob", "/customers/busy0");
    String[] paths = {"/customers/calm0", "/customers/busy0"};
    for (int i = 0; i < 2; i++) {
      risks[i] =
          office
              .server
              .send("GET", paths[i], "User", "ada")
              .headers()
              .firstValue(Explainer.RISK)
              .orElseThrow();
      assertTrue(risks[i].matches("[01]\\.[0-9]{2}"), risks[i]);
    }
    assertTrue(risks[0].compareTo(risks[1]) < 0, String.join(" < ", risks));
  }
}
