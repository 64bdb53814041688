package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.conflictguard.servlet.container.RawAnswer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the container's dispatchers do, an internal GET leaves nothing to the write. */
@ParameterizedClass
@MethodSource("kinds")
class InternalGetIT {

  private static Server server;

  @Parameter ServerKind kind;
  private WireClient client;

  static List<ServerKind> kinds() {
    return ServerKind.ofThisBuild();
  }

  @BeforeParameterizedClassInvocation
  static void start(ServerKind kind) throws Exception {
    server = Server.start(kind, Arrays.asList(ProbedWar.values()), List.of());
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

  /** The same report with and without an internal GET, on one connection, framed exactly. */
  @ParameterizedTest
  @EnumSource
  void theWriteFindsTheRequestAsItWas(ProbedWar war) throws Exception {
    for (String address : List.of("/x?w=7&a=b", "/x?n=7", "/own?view=plain", "/own?view=full")) {
      RawAnswer without = put(war, address);
      int reads = reads(war);
      RawAnswer with = put(war, address, "If-Match: *");
      assertEquals(reads + 1, reads(war), address);
      assertEquals(without.text(), with.text(), address);
      assertEquals(without.header("Content-Length"), with.header("Content-Length"));
      assertNull(with.header("X-Inner"));
      assertEquals("HTTP/1.1 200", with.statusLine().substring(0, 12));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMarkOfAOncePerRequestFilterDoesNotLetTheWritePass(ProbedWar war) throws Exception {
    String before = about(war).replaceAll("reads=\\d+", "");
    for (String address : List.of("/x?w=7", "/x?n=7", "/own?view=plain")) {
      RawAnswer answer = put(war, address, "If-Match: *", "X-Allowed: no");
      assertEquals("HTTP/1.1 403", answer.statusLine().substring(0, 12), address);
    }
    assertEquals(before, about(war).replaceAll("reads=\\d+", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..%2Fadm%2Fdelete",
        "..%5Cadm%5Cdelete",
        "%252e%252e%252Fadm%252Fdelete",
        "..%252Fadm%252Fdelete",
        "..%3B%2Fadm%2Fdelete",
        "x%2F..%2F..%2Fadm%2Fdelete",
        "..",
        "a%00",
      })
  void aValueFromTheRequestNeverLeadsBehindADenyAll(String name) throws Exception {
    String before = about(ProbedWar.PROTECT);
    RawAnswer answer =
        client.sendBody(
            "POST",
            ProbedWar.PROTECT.path() + "/x?save",
            "name=" + name,
            "If-Match: *",
            "Content-Type: application/x-www-form-urlencoded");
    assertEquals("HTTP/1.1 412", answer.statusLine().substring(0, 12));
    assertEquals(before, about(ProbedWar.PROTECT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/read/..;/adm/delete",
        "/read/..%2Fadm%2Fdelete",
        "/read/%2e%2e/adm/delete",
        "/read/%252e%252e%252fadm%252fdelete",
        "/read/a;x=%2F..%2F..%2Fadm%2Fdelete",
        "/read/a%5C..%5C..%5Cadm%5Cdelete",
        "//read/a",
        "/read//a",
      })
  void theAddressOfTheWriteNeverLeadsElsewhere(String path) throws Exception {
    String before = about(ProbedWar.PROTECT).replaceAll(".* ", "");
    put(ProbedWar.PROTECT, path, "If-Match: *");
    connect();
    assertEquals(before, about(ProbedWar.PROTECT).replaceAll(".* ", ""));
  }

  private RawAnswer put(ProbedWar war, String address, String... headers) throws Exception {
    return client.sendBody("PUT", war.path() + address, "{}", headers);
  }

  private int reads(ProbedWar war) throws Exception {
    return Integer.parseInt(about(war).replaceAll("reads=(\\d+).*", "$1"));
  }

  private String about(ProbedWar war) throws Exception {
    return client.send("GET", war.about()).text().trim();
  }
}
