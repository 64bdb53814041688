package io.github.conflictguard.servlet.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app/save",
        "/app/",
        "/app/save;jsessionid=1A2B",
        "/app/a%20b/%C3%A4",
        "/app/x;y=1/z",
        "/app/a:b@c"
      })
  void aPlainPathStaysAsItWasSent(String sent) {
    assertEquals(sent, LocalAddress.pathOf(request(sent, "/app", "/other", null)));
  }

  @ParameterizedTest
  @CsvSource({
    "//evil.example/..;/save, '', /save, , /save",
    "//evil.example/..;/app/save, /app, /save, , /app/save",
    "/\\evil.example, '', /\\evil.example, , /evil.example",
    "//evil.example, '', //evil.example, , /evil.example",
    "/app//save, /app, '', //save, /app/save",
    "/app/./x/../save, /app, /save, , /app/save",
    "/app/%2e%2E/x, /app, /x, , /app/x",
    "/app/a b, /app, /a b, , /app/a%20b",
    "/app/;x/save, /app, /save, , /app/save",
    "http://evil.example/, '', /, , /",
    "'/a\n//b', '', '/a\n', /b, /a%0A/b",
    "/;/evil, '', /;/evil, , /%3B/evil",
    "'', '', '', , /"
  })
  void everyOtherOneIsBuiltOfWhatTheContainerHasFound(
      String sent, String context, String servletPath, String pathInfo, String expected) {
    assertEquals(expected, LocalAddress.pathOf(request(sent, context, servletPath, pathInfo)));
  }

  @ParameterizedTest
  @CsvSource({
    "/app/save;jsessionid=1A2B, /app/save",
    "/app/save;JSessionId=1A2B, /app/save",
    "/app/save;JSESSIONID=1A2B/x;y=1, /app/save/x;y=1",
    "/app/save;x=1;jsessionid=1A2B;y=$2, /app/save;x=1;y=$2",
    "/app/save;sid=S3CRET, /app/save",
    "/app/save;jsessionid=, /app/save",
    "/app/save;x, /app/save;x",
    "/app/save, /app/save"
  })
  void identifierOfASessionIsNotShown(String sent, String shown) {
    HttpServletRequest request = request(sent, "/app", "/other", null);
    when(request.getRequestedSessionId()).thenReturn("S3CRET");
    assertEquals(shown, LocalAddress.shownPathOf(request));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "save", "//x", "/\\x", "\\x", "http://x", "/a\nb", "/a\\b", "javascript:x"})
  void whatABrowserMayTakeForAnotherServerIsNotLocal(String address) {
    assertFalse(LocalAddress.isLocal(address));
    assertTrue(LocalAddress.isLocal("/app/save?x=//y"));
  }

  /** That is where a page links to the current version. */
  @Test
  void theQueryStaysAsItIs() {
    HttpServletRequest page = request("//evil.example/..;/edit", "", "/edit", null);
    assertEquals("/edit", LocalAddress.of(page));
    when(page.getQueryString()).thenReturn("id=7&x=//y%20 #z");
    assertEquals("/edit?id=7&x=//y%20%20%23z", LocalAddress.of(page));
  }

  private static HttpServletRequest request(
      String sent, String context, String servletPath, String pathInfo) {
    ServletContext application = mock(ServletContext.class);
    when(application.getContextPath()).thenReturn(context);
    HttpServletRequest request = mock(HttpServletRequest.class);
    when(request.getRequestURI()).thenReturn(sent);
    when(request.getServletContext()).thenReturn(application);
    when(request.getServletPath()).thenReturn(servletPath);
    when(request.getPathInfo()).thenReturn(pathInfo);
    return request;
  }
}
