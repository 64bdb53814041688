package io.github.conflictguard.servlet.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The lines of the reference that switch the monitor on. */
@Tag("container")
class MonitorDocumentTest {

  private final MonitoredOffice office = new MonitoredOffice();

  @AfterEach
  void stop() throws Exception {
    office.close();
  }

  @Test
  void linesOfTheReferenceOpenTheMonitorToOperators() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("monitor-web.xml")) {
      NodeList params =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(in)
              .getElementsByTagName("context-param");
      assertEquals(2, params.getLength());
      for (int i = 0; i < params.getLength(); i++) {
        Element param = (Element) params.item(i);
        office.server.contextParam(text(param, "param-name"), text(param, "param-value"));
      }
    }
    office.start();
    String page =
        office.server.send("GET", "/conflict-guard/rules", "Role", "operator", "User", "a").body();
    assertTrue(page.contains("action=\"change\""), page);
    assertEquals(
        404, office.server.send("GET", "/conflict-guard/rules", "Role", "clerk").statusCode());
  }

  private static String text(Element parent, String name) {
    return parent.getElementsByTagName(name).item(0).getTextContent().trim();
  }
}
