package io.github.conflictguard.servlet.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However an application spells where it sends people, a rule has one way to say it. */
class RedirectTargetTest {

  @ParameterizedTest
  @CsvSource({
    "/app/list, /list",
    "/app/list?a=b/c;d, /list?a=b/c;d",
    "/app/list;jsessionid=1?a, /list?a",
    "/app/list#row7, /list",
    "/app/list?a#row7, /list?a",
    "http://office.test/app/list, /list",
    "https://OFFICE.test:8443/app/list, /list",
    "//office.test/app/list, /list",
    "http://office.test, /",
    "http://elsewhere.test/app/list, http://elsewhere.test/app/list",
    "//elsewhere.test/app/list, //elsewhere.test/app/list",
    "/application, /application",
    "/, /",
    "list, /customer/list",
    "../list, /list",
    "?error, /customer/save?error",
    "'', /customer/save",
    "a b, /customer/a b",
  })
  void oneSpelling(String location, String target) {
    HttpServletRequest request = mock(HttpServletRequest.class);
    when(request.getServerName()).thenReturn("office.test");
    when(request.getContextPath()).thenReturn("/app");
    when(request.getRequestURI()).thenReturn("/app/customer/save");
    assertEquals(target, RedirectTarget.of(request, location));
  }
}
