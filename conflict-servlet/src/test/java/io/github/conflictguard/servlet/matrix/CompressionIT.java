package io.github.conflictguard.servlet.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.provider.MethodSource;

/** Every server with its own compression: the jar alone keeps it, and preconditions work. */
@ParameterizedClass
@MethodSource("servers")
class CompressionIT {

  private static final String PATH = "/jar-alone/records/long";
  private static final String GZIP = "Accept-Encoding: gzip, deflate";
  private static final String LONG = "{\"a\":\"" + "0123456789".repeat(4000) + "\"}";
  private static final String OTHER = LONG.replace('0', '1');

  private static Server server;

  @Parameter ServerKind kind;
  private WireClient client;

  static List<ServerKind> servers() {
    return ServerKind.ofThisBuild().stream().filter(ServerKind::isCompressing).toList();
  }

  @BeforeParameterizedClassInvocation
  static void start(ServerKind kind) throws Exception {
    server = Server.startCompressing(kind, LegacyWar.JAR_ALONE);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() throws Exception {
    client = new WireClient(server.port());
    put(LONG);
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
  }

  @Test
  void answersStayCompressedAndTagged() throws Exception {
    RawAnswer read = client.send("GET", PATH, GZIP);
    assertEquals("gzip", read.header("Content-Encoding"));
    assertTrue(read.body().length < LONG.length() / 10, "length " + read.body().length);
    assertTrue(tag(read).matches("(W/)?\"[0-9a-f]{32}(--gzip)?\""), tag(read));
  }

  @Test
  void theTagAsItCameIsAnsweredWith304() throws Exception {
    String tag = tag(client.send("GET", PATH, GZIP));
    assertEquals(304, status(client.send("GET", PATH, GZIP, "If-None-Match: " + tag)));
    put(OTHER);
    assertEquals(200, status(client.send("GET", PATH, GZIP, "If-None-Match: " + tag)));
  }

  @Test
  void theTagAsItCameGuardsWrites() throws Exception {
    for (String method : new String[] {"PUT", "DELETE"}) {
      for (String accepted : new String[] {GZIP, "Accept-Encoding: identity", "X-None: 1"}) {
        String tag = tag(client.send("GET", PATH, GZIP));
        put(OTHER);
        assertEquals(412, write(method, accepted, tag), tag);
        assertEquals(OTHER, client.send("GET", PATH).text());
        put(LONG);
        assertEquals(204, write(method, accepted, tag), tag);
        put(LONG);
      }
    }
  }

  /** 8.8.3.3. */
  @Test
  void twoCodingsNeverShareAStrongTag() throws Exception {
    String compressed = tag(client.send("GET", PATH, GZIP));
    String plain = tag(client.send("GET", PATH));
    assertFalse(plain.startsWith("W/"), plain);
    assertNotEquals(plain, compressed);
    assertEquals(204, write("PUT", "X-None: 1", plain));
  }

  /**
   * 9.3.2, as far as the container compresses HEAD; Jetty, which does not, appends nothing. Up to
   * Tomcat 9 the answer to HEAD may be sent before its tag is known, and has none then.
   */
  @Test
  void headCarriesNoOtherTagThanGet() throws Exception {
    String get = tag(client.send("GET", PATH, GZIP)).replace("--gzip", "");
    List<String> allowed = isTaggingHead() ? List.of(get) : List.of(get, "null");
    String head = tag(client.send("HEAD", PATH, GZIP)).replace("--gzip", "");
    assertTrue(allowed.contains(head), head);
    String plain = tag(client.send("GET", PATH));
    List<String> allowedPlain = isTaggingHead() ? List.of(plain) : List.of(plain, "null");
    String plainHead = tag(client.send("HEAD", PATH));
    assertTrue(allowedPlain.contains(plainHead), plainHead);
  }

  private boolean isTaggingHead() {
    return kind != ServerKind.TOMCAT_8_5 && kind != ServerKind.TOMCAT_9;
  }

  private int write(String method, String header, String tag) throws Exception {
    return status(client.sendBody(method, PATH, LONG, header, "If-Match: " + tag));
  }

  private void put(String text) throws Exception {
    client.sendBody("PUT", PATH, text);
  }

  private static String tag(RawAnswer answer) {
    return String.valueOf(answer.header("ETag"));
  }

  private static int status(RawAnswer answer) {
    return Integer.parseInt(answer.statusLine().split(" ")[1]);
  }
}
