package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.security.RealSecurity;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Spring Security behind the filter decides on repetitions by the parameters of their bodies. */
@Tag("container")
class IdempotencyKeySecurityTest {

  private static final String ADA = "Basic YWRhOnNlY3JldA=="; // ada:secret

  private final AtomicInteger executed = new AtomicInteger();
  private final FilterServer server = new FilterServer();
  private final RealSecurity security = new RealSecurity();

  @AfterEach
  void stop() throws Exception {
    server.close();
    security.close();
  }

  @Test
  void repetitionOfAFormWithItsTokenInTheBodyIsAnswered() throws Exception {
    server
        .attribute(RealSecurity.ATTRIBUTE, security.context())
        .rules(
            """
            {"rules": [
              {"name": "all", "write": "/*", "tag": "none", "idempotencyKey": "accepted"}]}
            """)
        .filter(new ConflictFilter())
        .filter(security.filter(), Map.of("targetBeanName", "springSecurityFilterChain"))
        .handle("/record", security.page(Map.of("1", "one")))
        .handle(
            "/keyed",
            (request, response) ->
                response
                    .getWriter()
                    .print(request.getParameter("name") + ' ' + executed.incrementAndGet()))
        .start();
    HttpResponse<String> page = server.send("GET", "/record?id=1", "Authorization", ADA);
    String session = page.headers().firstValue("Set-Cookie").orElse("").split(";")[0];
    Matcher token = Pattern.compile("name='_csrf' value='([^']+)'").matcher(page.body());
    assertTrue(token.find(), page.body());
    String body = "name=two&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
    assertEquals("two 1", post(body, session).body());
    HttpResponse<String> repeated = post(body, session);
    assertEquals(200, repeated.statusCode(), repeated.body());
    assertEquals("two 1", repeated.body());
    HttpResponse<String> other = post(body + "&more=1", session);
    assertEquals(422, other.statusCode(), other.body());
    assertEquals(1, executed.get());
  }

  private HttpResponse<String> post(String body, String session) throws Exception {
    return server.sendBody(
        "POST",
        "/keyed",
        body,
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Idempotency-Key",
        "k",
        "Authorization",
        ADA,
        "Cookie",
        session);
  }
}
