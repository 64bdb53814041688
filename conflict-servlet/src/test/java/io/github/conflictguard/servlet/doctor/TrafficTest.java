package io.github.conflictguard.servlet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When requests that bypass the guard are reported, and how the cure fits the application. */
class TrafficTest {

  private static final String GUARD = "com.acme.Guard";

  private final Map<String, FilterRegistration> filters = new LinkedHashMap<>();
  private final List<String> log = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private String descriptor = "<web-app/>";
  private String guardName = "guard";
  private long now = 1;

  @Test
  void fewRequestsAreEnoughAfterAWhile() {
    Doctor doctor = doctor("/*");
    pass(doctor, 5, "GET", "/r/1");
    assertEquals(List.of(), log);
    now += TimeUnit.MINUTES.toNanos(2) + 1;
    pass(doctor, 1, "GET", "/r/1");
    assertEquals(1, log.size());
    assertTrue(log.get(0).startsWith("None of 6 requests has reached the guard"), log.get(0));
  }

  @Test
  void findingEndsWhenARequestReachesTheGuard() {
    Doctor doctor = doctor("/*");
    pass(doctor, 50, "GET", "/r/1");
    assertEquals(1, doctor.findings().size());
    doctor.seen();
    assertEquals(List.of(), doctor.findings());
  }

  @Test
  void mappingThatNothingFitsIsANoteAndNoWarning() {
    Doctor doctor = doctor("/apii/*");
    pass(doctor, 60, "GET", "/api/1");
    assertEquals(List.of(), log);
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).contains("such as /api/*, and none was for"), notes.get(0));
    assertTrue(notes.get(0).contains("[/apii/*]"), notes.get(0));
  }

  @Test
  void requestsOutsideOfTheMappingAreNoMatterWhereOthersReachTheGuard() {
    Doctor doctor = doctor("/api/*");
    doctor.seen();
    pass(doctor, 200, "POST", "/pages/save");
    assertEquals(List.of(), log);
    assertEquals(List.of(), notes);
  }

  @Test
  void wrapperThatKeepsTheMarkToItselfIsNoBypass() {
    Doctor doctor = doctor("/*");
    for (int i = 0; i < 200; i++) {
      doctor.seen();
      pass(doctor, 1, "GET", "/r/1");
    }
    assertEquals(List.of(), log);
  }

  @Test
  void smallPartIsNotReportedUnlessItIsALargePartOfTheWrites() {
    Doctor doctor = doctor("/*");
    for (int i = 0; i < 1000; i++) {
      doctor.seen();
      doctor.ended(request("GET", "/r/1"), true, null);
    }
    pass(doctor, 60, "GET", "/img/1");
    assertEquals(List.of(), log);
    pass(doctor, 60, "POST", "/save");
    assertEquals(1, log.size());
  }

  @ParameterizedTest
  @CsvSource({
    "org.apache.struts2.dispatcher.filter.StrutsPrepareAndExecuteFilter,"
        + " in front of that of [other (org.apache.struts2",
    "org.apache.wicket.protocol.http.WicketFilter, in which the application lives",
    "net.sourceforge.stripes.controller.DynamicMappingFilter, in which the application lives",
    "org.tuckey.web.filters.urlrewrite.UrlRewriteFilter, to the rules for the forwarded paths",
    "com.acme.AnyFilter, If a filter in front of the guard is the application",
  })
  void cureIsThatOfTheFilterThatIsKnown(String className, String cure) {
    add("other", className, "/*");
    Doctor doctor = doctor("/*");
    pass(doctor, 50, "GET", "/r/1");
    assertTrue(log.get(0).contains(cure), log.get(0));
    assertTrue(!log.get(0).contains("declare the guard in web.xml for that"), log.get(0));
  }

  @Test
  void cureForWhatTheJarRegistersBeginsWithADeclaration() {
    guardName = GUARD;
    add("wicket", "org.apache.wicket.protocol.http.WicketFilter", "/*");
    Doctor doctor = doctor("/*");
    pass(doctor, 50, "GET", "/r/1");
    assertTrue(log.get(0).contains("(declare the guard in web.xml for that"), log.get(0));
  }

  @Test
  void missingDispatcherIsReportedWhereRulesApplyToForwards() {
    descriptor = mapping("guard", "<url-pattern>/*</url-pattern>");
    doctor("/*").expectForwards();
    assertTrue(log.get(0).endsWith("[forward-unmapped]"), log.get(0));
    log.clear();
    descriptor = mapping("guard", "<url-pattern>/*</url-pattern><dispatcher>FORWARD</dispatcher>");
    doctor("/*").expectForwards();
    assertEquals(List.of(), log);
  }

  @Test
  void filterWithoutAMappingIsNoNeighbour() {
    add("encoding", "com.acme.EncodingFilter");
    descriptor = mapping("guard", "<url-pattern>/*</url-pattern>");
    doctor("/*");
    assertEquals(List.of(), log);
  }

  @Test
  void cureForAFilterThatIsMappedToAServletIsToMapItToPaths() {
    when(add("encoding", "com.acme.EncodingFilter").getServletNameMappings())
        .thenReturn(List.of("pages"));
    descriptor =
        mapping("encoding", "<servlet-name>pages</servlet-name>")
            + mapping("guard", "<url-pattern>/*</url-pattern>");
    descriptor = "<web-app>" + descriptor.replaceAll("</?web-app>", "") + "</web-app>";
    doctor("/*");
    assertEquals(1, log.size());
    assertTrue(
        log.get(0).contains(". Map it to URL patterns in web.xml, in front of the filter-mapping"),
        log.get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "securityFilter, , SECURITY",
    "gate, springSecurityFilterChain, SECURITY",
    "gate, filterChainProxy, SECURITY",
    "shiroFilter, , SECURITY",
    "gate, , ",
  })
  void beanBehindAProxyTellsWhatItDoes(String name, String targetBeanName, FilterRole role) {
    FilterRegistration proxy =
        add(name, "org.springframework.web.filter.DelegatingFilterProxy", "/*");
    when(proxy.getInitParameter("targetBeanName")).thenReturn(targetBeanName);
    assertEquals(role, roleOf(mock(ServletContext.class), proxy));
  }

  @Test
  void classOfTheBeanCountsMoreThanItsName() {
    FilterRegistration proxy =
        add("gate", "org.springframework.web.filter.DelegatingFilterProxy", "/*");
    ServletContext context = mock(ServletContext.class);
    when(context.getAttribute("org.springframework.web.context.WebApplicationContext.ROOT"))
        .thenReturn(new Beans());
    assertEquals(FilterRole.SECURITY, roleOf(context, proxy));
  }

  private static FilterRole roleOf(ServletContext context, FilterRegistration proxy) {
    return ProxiedBean.of(context, proxy, TrafficTest.class.getClassLoader()).role();
  }

  /** What a context of Spring looks like by reflection. */
  public static final class Beans {

    /** The class of a bean. */
    public Class<?> getType(String name) {
      return org.springframework.security.web.FilterChainProxy.class;
    }
  }

  private Doctor doctor(String pattern) {
    add(guardName, GUARD, pattern);
    ServletContext context = mock(ServletContext.class);
    when(context.getFilterRegistrations()).thenAnswer(call -> filters);
    when(context.getResourceAsStream("/WEB-INF/web.xml"))
        .thenAnswer(call -> new ByteArrayInputStream(descriptor.getBytes(StandardCharsets.UTF_8)));
    FilterConfig config = mock(FilterConfig.class);
    when(config.getFilterName()).thenReturn(guardName);
    when(config.getServletContext()).thenReturn(context);
    return Doctor.of(config, GUARD, log::add, notes::add, () -> now);
  }

  private FilterRegistration add(String name, String className, String... patterns) {
    FilterRegistration registration = mock(FilterRegistration.class);
    when(registration.getName()).thenReturn(name);
    when(registration.getClassName()).thenReturn(className);
    when(registration.getUrlPatternMappings()).thenReturn(List.of(patterns));
    filters.put(name, registration);
    return registration;
  }

  private static String mapping(String filter, String to) {
    return "<web-app><filter-mapping><filter-name>"
        + filter
        + "</filter-name>"
        + to
        + "</filter-mapping></web-app>";
  }

  private static void pass(Doctor doctor, int times, String method, String path) {
    for (int i = 0; i < times; i++) {
      doctor.ended(request(method, path), false, null);
    }
  }

  private static HttpServletRequest request(String method, String path) {
    HttpServletRequest request = mock(HttpServletRequest.class);
    when(request.getMethod()).thenReturn(method);
    when(request.getServletPath()).thenReturn(path);
    when(request.getHeader(anyString())).thenReturn(null);
    return request;
  }
}
