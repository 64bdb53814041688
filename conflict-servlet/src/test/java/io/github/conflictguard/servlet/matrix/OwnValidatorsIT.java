package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.RawAnswer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On every server: the application's own validators count with the jar alone. */
@ParameterizedClass
@MethodSource("servers")
class OwnValidatorsIT {

  private static final String NINE = "If-Unmodified-Since: Wed, 01 Jan 2020 09:00:00 GMT";

  private static Server server;

  @Parameter ServerKind kind;
  private WireClient client;

  static List<ServerKind> servers() {
    return ServerKind.ofThisBuild();
  }

  @BeforeParameterizedClassInvocation
  static void start(ServerKind kind) throws Exception {
    server = Server.start(kind);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() throws Exception {
    client = new WireClient(server.port());
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?flush=1", "?long=1", "?long=1&flush=1"})
  void readIsJudgedByWhatItShows(String query) throws Exception {
    String path = "/lines/validated/x" + query;
    assertEquals(304, status("GET", path, "If-None-Match: \"v1\""));
    for (String precondition : new String[] {"If-Match: \"v0\"", NINE}) {
      RawAnswer refused = client.send("GET", path, precondition);
      assertTrue(refused.statusLine().contains(" 412 "), refused.statusLine());
      assertEquals("\"v1\"", refused.header("ETag"));
      assertTrue(refused.text().endsWith("}"), refused.text());
    }
    RawAnswer whole = client.send("GET", path, "If-Match: \"v1\"");
    assertTrue(whole.statusLine().contains(" 200 "), whole.statusLine());
    assertTrue(whole.text().endsWith("x</p>"));
  }

  @Test
  void staleDateRefusesAWrite() throws Exception {
    assertEquals(412, status("PUT", "/lines/validated/x", NINE));
    assertEquals(204, status("PUT", "/lines/validated/x", NINE.replace("09", "11")));
  }

  /** The container's servlet for files answers, as it does without the jar. */
  @Test
  void fileThatIsNotThereIsAbsent() throws Exception {
    int without = status("PUT", "/lines/none.txt");
    assertNotEquals(412, without);
    assertEquals(without, status("PUT", "/lines/none.txt", "If-None-Match: *"));
  }

  private int status(String method, String path, String... headers) throws Exception {
    return Integer.parseInt(client.send(method, path, headers).statusLine().split(" ")[1]);
  }
}
