package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A page of either namespace places the token itself. */
class TokenTagIT {

  private static final Pattern PLACED =
      Pattern.compile(
          "<p><input type=\"hidden\" name=\"_conflictguard\" value=\"([^\"]+)\" /></p>");
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT_9", "TOMCAT_11", "JETTY_12_EE10"})
  void theTagWritesTheFieldOnceAndNothingWhereNoRuleSpeaksOfThePage(ServerKind kind)
      throws Exception {
    try (Server server = Server.start(kind, List.of(TaggedWar.TAGGED), List.of());
        WireClient client = new WireClient(server.port())) {
      String page = client.send("GET", "/tagged/page.jsp").text();
      Matcher placed = PLACED.matcher(page);
      assertTrue(placed.find(), page);
      assertEquals(page.indexOf("_conflictguard"), page.lastIndexOf("_conflictguard"), page);
      String sent = "text=x&_conflictguard=" + placed.group(1);
      assertEquals("saved", client.sendBody("POST", "/tagged/save.jsp", sent, FORM).text());
      assertTrue(client.send("GET", "/tagged/other.jsp").text().contains("<p></p>"));
    }
  }
}
