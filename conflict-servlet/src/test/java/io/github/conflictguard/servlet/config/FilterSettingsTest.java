package io.github.conflictguard.servlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.servlet.ConflictFilter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterSettingsTest {

  private final Map<String, String> initParams = new HashMap<>();
  private final Map<String, String> contextParams = new HashMap<>();

  @AfterEach
  void clear() {
    System.clearProperty("conflictguard.bufferLimit");
    System.clearProperty("conflictguard.bodyHashKey");
  }

  @Test
  void noneAtAllIsASensibleStart() throws Exception {
    FilterSettings settings = read();
    assertEquals(1024 * 1024, settings.bufferLimit());
    assertEquals(10_000, settings.lockTimeoutMillis());
    assertEquals(500, settings.holdMillis());
    assertTrue(settings.enabled());
    assertFalse(settings.requiresPrecondition("PUT", "/any"));
  }

  @Test
  void everyDefaultIsAValueThatCanBeSet() throws Exception {
    for (Setting setting : Setting.values()) {
      SettingValue usual = setting.usual();
      if (usual != null && setting != Setting.REGISTER) {
        initParams.put(setting.parameter(), usual.text);
      }
    }
    FilterSettings settings = read();
    assertEquals(1024 * 1024, settings.bufferLimit());
    for (Found way : List.of(Found.THROWN, Found.ATTRIBUTE, Found.ANSWER, Found.RECORDER)) {
      assertTrue(settings.findsBy(way), way.code());
      initParams.remove("detectBy");
      assertTrue(read().findsBy(way), way.code());
    }
    initParams.put("detectBy", "thrown");
    assertFalse(read().findsBy(Found.RECORDER));
  }

  @Test
  void aPreconditionIsDemandedOfMethodsThatReplaceOnMatchingPaths() throws Exception {
    initParams.put("requirePrecondition", "/api/customers/*,\n  /orders");
    FilterSettings settings = read();
    for (String method : new String[] {"PUT", "PATCH", "DELETE"}) {
      assertTrue(settings.requiresPrecondition(method, "/api/customers/1"));
      assertTrue(settings.requiresPrecondition(method, "/orders"));
      assertFalse(settings.requiresPrecondition(method, "/orders/1"));
    }
    assertFalse(settings.requiresPrecondition("POST", "/api/customers"));
  }

  @Test
  void theSystemPropertyWinsOverTheInitParamAndThatOverTheContextParam() throws Exception {
    contextParams.put("conflictguard.bufferLimit", "1");
    assertEquals(1, read().bufferLimit());
    initParams.put("bufferLimit", "2");
    assertEquals(2, read().bufferLimit());
    System.setProperty("conflictguard.bufferLimit", "3");
    assertEquals(3, read().bufferLimit());
  }

  @ParameterizedTest
  @CsvSource({
    "bufferLimit, 1m",
    "bufferLimit, -1",
    "lockTimeoutMillis, ''",
    "lockWaiters, some",
    "slowClientMillis, 2s",
    "asyncLockMillis, -1",
    "holdMillis, 0.5",
    "idempotencyLifetimeSeconds, PT24H",
    "idempotencyWaitMillis, -1",
    "idempotencyLimit, 16 MiB",
    "bufferLimit, 9999999999"
  })
  void aWrongNumberIsNamedWithFilterPlaceValueAndChoices(String name, String value) {
    initParams.put(name, value);
    assertEquals(
        "Filter 'guard': init-param "
            + name
            + " has the value '"
            + value
            + "'; accepted are whole numbers from 0 to 2147483647",
        failure());
  }

  @Test
  void aWrongPatternIsNamedWithFilterPlaceValueAndChoices() {
    contextParams.put("conflictguard.requirePrecondition", "/a/*, api/*");
    assertEquals(
        "Filter 'guard': context-param conflictguard.requirePrecondition has the value"
            + " '/a/*, api/*', in which 'api/*' is wrong; accepted are URL patterns of the forms"
            + " /*, /path/*, *.extension or /exact/path, separated by commas",
        failure());
  }

  @Test
  void aWrongSuffixIsNamedWithFilterPlaceValueAndChoices() {
    initParams.put("tagSuffixes", "--gzip, \"x");
    assertEquals(
        "Filter 'guard': init-param tagSuffixes has the value '--gzip, \"x', in which '\"x' is"
            + " wrong; accepted are suffixes of entity tags, such as --gzip, separated by commas",
        failure());
  }

  @Test
  void headerOfIdempotencyKeysIsTheNameOfAHeader() throws Exception {
    initParams.put("idempotencyHeader", "Idempotency Key");
    assertEquals(
        "Filter 'guard': init-param idempotencyHeader has the value 'Idempotency Key'; accepted"
            + " are names of headers, such as Idempotency-Key",
        failure());
    initParams.put("idempotencyHeader", "X-Request-Id");
    assertEquals("X-Request-Id", read().idempotency().header());
  }

  @Test
  void idempotencyKeysLiveForADayAndRepetitionsDoNotWait() throws Exception {
    IdempotencySettings settings = read().idempotency();
    assertEquals("Idempotency-Key", settings.header());
    assertEquals(86_400, settings.lifetimeSeconds());
    assertEquals(0, settings.waitMillis());
    assertFalse(settings.stores5xx());
    assertEquals(16 << 20, settings.limit());
  }

  @Test
  void aConflictPageThatIsNoPathIsNamed() {
    initParams.put("conflictPage", "conflict.jsp");
    assertEquals(
        "Filter 'guard': init-param conflictPage has the value 'conflict.jsp'; accepted are paths"
            + " inside the web application that begin with /",
        failure());
  }

  @Test
  void aProblemBodyThatCannotBeFilledIsNamed() {
    for (String wrong : List.of("{\"m\": \"{message}\"}", "[]", "{", "{} {}", "no JSON")) {
      initParams.put("problemBody", wrong);
      String failure = failure();
      assertTrue(
          failure.startsWith(
              "Filter 'guard': init-param problemBody has the value '" + wrong + "'"),
          failure);
      assertTrue(failure.contains("accepted are JSON objects in whose strings {name} stands for"));
    }
  }

  @Test
  void whatIsNeitherTrueNorFalseIsNamed() {
    initParams.put("acceptWeakIfMatch", "yes");
    assertEquals(
        "Filter 'guard': init-param acceptWeakIfMatch has the value 'yes'; accepted are true and"
            + " false",
        failure());
  }

  @ParameterizedTest
  @CsvSource({
    "missingReferenceStatus, 404, '409 and 422'",
    "retryableStatus, 422, '409 and 503'",
    "detectBy, 'thrown, guess', '[thrown, attribute, answer, recorder], separated by commas'"
  })
  void aWayToFindAndAStatusThatDoNotExistAreNamed(String name, String value, String accepted) {
    initParams.put(name, value);
    assertTrue(
        failure().startsWith("Filter 'guard': init-param " + name + " has the value '" + value),
        failure());
    assertTrue(failure().endsWith("; accepted are " + accepted), failure());
  }

  @ParameterizedTest
  @CsvSource({
    "monitor, on, 'there is no such access; accepted are off, token, role:NAME[,NAME...] and"
        + " user:NAME[,NAME...]'",
    "monitor, role:, 'a name is empty; accepted are off, token, role:NAME[,NAME...] and"
        + " user:NAME[,NAME...]'",
    "monitor, 'user:ann,,bob', 'a name is empty; accepted are off, token, role:NAME[,NAME...] and"
        + " user:NAME[,NAME...]'",
    "monitorWrites, yes, accepted are true and false",
    "monitorOrigin, https://a.example/path, 'accepted are origins such as https://app.example.org"
        + " or http://localhost:8080, separated by commas'",
    "monitorOrigin, ftp://a.example, 'accepted are origins such as https://app.example.org or"
        + " http://localhost:8080, separated by commas'",
    "monitorLog, ecs, 'accepted are [text, json]'",
    "journal, logs/conflicts.json, 'accepted are absolute paths of a file'",
    "actors, all, 'accepted are [hidden, pseudonym, name]'",
    "monitorKeys, none, 'accepted are [plain, hashed]'",
    "mdc, on, accepted are true and false",
    "telemetry, true, 'accepted are [all, micrometer, opentelemetry, none]'",
    "exposeHeaders, ETag, accepted are true and false",
    "riskHeader, on, accepted are true and false"
  })
  void aWrongSettingOfTheMonitorIsNamed(String name, String value, String end) {
    initParams.put(name, value);
    assertTrue(
        failure().startsWith("Filter 'guard': init-param " + name + " has the value '" + value),
        failure());
    assertTrue(failure().endsWith(end), failure());
  }

  @ParameterizedTest
  @CsvSource({
    "clientScript, yes, , accepted are true and false",
    "clientScript, '', , accepted are true and false",
    "portal, role:operator, , 'accepted are [off, monitor, public]'",
    "portal, true, , 'accepted are [off, monitor, public]'",
    "problemBase, /conflict-guard/problems/, does not begin with https:// or http:// and a host,",
    "problemBase, ftp://a.example/problems/, does not begin with https:// or http:// and a host,",
    "problemBase, https:///problems/, ,",
    "problemBase, https://a.example/problems, it does not end with /,",
    "problemBase, https://me@a.example/problems/, 'it has a user, a query or a fragment',",
    "problemBase, https://a.example/?kind=/, 'it has a user, a query or a fragment',",
    "problemBase, https://a.example/#/, 'it has a user, a query or a fragment',",
    "problemBase, https://a b.example/, ,",
    "problemBase, '', ,"
  })
  void wrongSettingOfThePagesForDevelopersIsNamed(
      String name, String value, String reason, String end) {
    initParams.put(name, value);
    String failure = failure();
    assertTrue(
        failure.startsWith("Filter 'guard': init-param " + name + " has the value '" + value + "'"),
        failure);
    assertTrue(reason == null || failure.contains(reason), failure);
    assertTrue(
        failure.endsWith(
            end == null
                ? "; accepted are absolute addresses that end with /, such as"
                    + " https://app.example.org/office/conflict-guard/problems/"
                : "; " + end),
        failure);
  }

  @Test
  void portalOfTheMonitorRequiresAMonitor() throws Exception {
    initParams.put("portal", "monitor");
    assertEquals(
        "Filter 'guard': portal has the value 'monitor', and there is no monitor; accepted are"
            + " portal = monitor where monitor is not off, and portal = off and portal = public"
            + " anywhere",
        failure());
    initParams.put("monitor", "token");
    assertEquals(PortalSettings.PortalAccess.MONITOR, read().portal().access());
  }

  @Test
  void nothingIsServedToDevelopersOfClientsByDefault() throws Exception {
    assertFalse(read().portal().isOn());
    assertFalse(read().portal().isHelpServed());
    initParams.put("problemBase", "http://a.example/problems/");
    assertFalse(read().portal().isOn());
    assertEquals("http://a.example/problems/", read().portal().problemBase());
  }

  @Test
  void aShortTokenOfTheMonitorIsRefusedAndNotShown() {
    initParams.put("monitorToken", "12345678901234567890123");
    assertEquals(
        "Filter 'guard': the monitorToken has 23 characters; accepted are 24 and more", failure());
  }

  @Test
  void namesOnTheMonitorNeedMoreThanAToken() throws Exception {
    initParams.put("actors", "name");
    initParams.put("monitor", "token");
    assertTrue(failure().contains("actors has the value 'name'"), failure());
    initParams.put("monitor", "role:admin, operator");
    assertEquals(List.of("admin", "operator"), read().monitor().access().names());
    assertEquals(ActorNames.NAME, read().monitor().actors());
  }

  @Test
  void peopleAreHiddenFromClientsAndPseudonymsOnTheMonitorByDefault() throws Exception {
    assertEquals(ActorNames.HIDDEN, read().monitor().actorsForClients());
    assertEquals(ActorNames.PSEUDONYM, read().monitor().actors());
    assertFalse(read().monitor().isRecording());
    initParams.put("monitor", "token");
    assertTrue(read().monitor().isRecording());
  }

  @Test
  void anUnknownNameIsNamedWithTheKnownOnes() {
    initParams.put("requirePreconditions", "/*");
    assertEquals(
        "Filter 'guard': init-param requirePreconditions is not a setting; accepted are [enabled,"
            + " register, requirePrecondition, lockTimeoutMillis, lockWaiters, slowClientMillis,"
            + " asyncLockMillis, bufferLimit, holdMillis, rememberedBodies, tagSuffixes,"
            + " acceptWeakIfMatch, rules, mode, statusProfile, weaving, strictWeaving, counters,"
            + " replayLimit, idempotencyHeader, idempotencyLifetimeSeconds, idempotencyWaitMillis,"
            + " idempotencyStore5xx, idempotencyLimit, formSecret, formLimit, parameterLimit, missingReferenceStatus,"
            + " retryableStatus, detectBy, conflictPage, problemBody, problemBase, clientScript, portal,"
            + " monitor, monitorToken,"
            + " monitorWrites, monitorOrigin, monitorLog, journal, journalDays, actors, monitorKeys, mdc,"
            + " telemetry, exposeHeaders, riskHeader]",
        failure());
  }

  @Test
  void anUnknownContextParamOfOursIsNamedAndOthersAreNot() throws Exception {
    contextParams.put("somebody.elses", "x");
    read();
    contextParams.put("conflictguard.buffer", "1");
    assertTrue(failure().startsWith("Filter 'guard': context-param conflictguard.buffer is not a"));
  }

  @Test
  void whetherToRegisterTheFilterIsNotAskedOfTheFilter() throws Exception {
    contextParams.put("conflictguard.register", "false");
    read();
    initParams.put("register", "false");
    assertTrue(
        failure()
            .startsWith(
                "Filter 'guard': init-param register (rather than context-param"
                    + " conflictguard.register) is not a setting"));
  }

  @Test
  void aSecretThatIsTooShortIsRefusedWithoutSayingIt() {
    initParams.put("formSecret", "hunter2");
    assertEquals(
        "Filter 'guard': the formSecret has 7 characters; accepted are 16 and more for each, the"
            + " newest first, separated by commas",
        failure());
  }

  @Test
  void severalSecretsOfFormsAreSeparatedByCommas() throws Exception {
    assertEquals(List.of(), read().formSecrets());
    initParams.put("formSecret", "the new secret with spaces,\n the old secret with spaces");
    assertEquals(
        List.of("the new secret with spaces", "the old secret with spaces"), read().formSecrets());
    initParams.put("formSecret", "the new secret with spaces, hunter2");
    assertEquals(
        "Filter 'guard': secret 2 of the formSecret has 7 characters; accepted are 16 and more for"
            + " each, the newest first, separated by commas",
        failure());
    initParams.put("formSecret", "the new secret with spaces,");
    assertTrue(failure().contains("secret 2 of the formSecret has 0 characters"), failure());
  }

  @Test
  void settingThatIsGoneIsRefusedWhereverItIsSet() throws Exception {
    String gone = " no longer exists; leave it out: bodies are always hashed by SHA-256";
    initParams.put("bodyHash", "keyed");
    assertEquals("Filter 'guard': init-param bodyHash" + gone, failure());
    initParams.put("bodyHashKey", "known to nobody else");
    assertEquals(
        "Filter 'guard': init-param bodyHash" + gone + "; init-param bodyHashKey" + gone,
        failure());
    initParams.clear();
    contextParams.put("conflictguard.bodyHash", "sha-256");
    assertEquals("Filter 'guard': context-param conflictguard.bodyHash" + gone, failure());
    contextParams.clear();
    System.setProperty("conflictguard.bodyHashKey", "known to nobody else");
    assertEquals("Filter 'guard': system property conflictguard.bodyHashKey" + gone, failure());
    System.clearProperty("conflictguard.bodyHashKey");
    read();
  }

  @Test
  void theFilterDoesNotStartWithAWrongSetting() {
    initParams.put("bufferLimit", "many");
    assertThrows(ServletException.class, () -> new ConflictFilter().init(config()));
  }

  private FilterSettings read() throws ServletException {
    return FilterSettings.read(config());
  }

  private String failure() {
    return String.valueOf(assertThrows(ServletException.class, this::read).getMessage());
  }

  private FilterConfig config() {
    ServletContext context = mock(ServletContext.class);
    when(context.getContextPath()).thenReturn("/app");
    when(context.getInitParameterNames())
        .thenAnswer(call -> Collections.enumeration(contextParams.keySet()));
    contextParams.forEach((name, value) -> when(context.getInitParameter(name)).thenReturn(value));
    FilterConfig config = mock(FilterConfig.class);
    when(config.getFilterName()).thenReturn("guard");
    when(config.getServletContext()).thenReturn(context);
    when(config.getInitParameterNames())
        .thenAnswer(call -> Collections.enumeration(initParams.keySet()));
    initParams.forEach((name, value) -> when(config.getInitParameter(name)).thenReturn(value));
    return config;
  }
}
