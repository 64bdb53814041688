package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.access.ConfigAttribute;
import org.springframework.security.access.SecurityConfig;
import org.springframework.security.access.vote.AffirmativeBased;
import org.springframework.security.access.vote.RoleVoter;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.DefaultFilterInvocationSecurityMetadataSource;
import org.springframework.security.web.access.intercept.FilterSecurityInterceptor;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Spring Security 6, which every dispatcher type passes, decides about the write itself. */
@Tag("container")
class SecuredInternalGetTest {

  private final FilterServer server = new FilterServer();
  private final AtomicInteger writes = new AtomicInteger();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** The older interceptor leaves its mark on the request, the newer filter takes it away. */
  @ParameterizedTest
  @CsvSource({
    "true, protect, old", "false, protect, old", "true, observe, old", "false, observe, old",
    "true, protect, new", "false, protect, new", "true, observe, new", "false, observe, new",
  })
  void aPlainUserMayNotWriteWhateverPreconditionComesAlong(
      boolean inFront, String mode, String interceptor) throws Exception {
    start(inFront, mode, interceptor);
    for (String precondition : List.of("*", "\"x\"")) {
      for (String address : List.of("/admin/save", "/admin/elsewhere?id=1")) {
        HttpResponse<String> answer = send("POST", address, "ada", "If-Match", precondition);
        boolean refusedByGuard = !inFront && mode.equals("protect") && precondition.equals("\"x\"");
        assertEquals(refusedByGuard ? 412 : 403, answer.statusCode(), address);
        assertFalse(answer.body().contains("ADMINISTRATION"), answer.body());
        assertFalse(answer.body().contains("\"current\""), answer.body());
      }
    }
    assertEquals(0, writes.get());
    assertEquals(403, send("POST", "/admin/save", "ada").statusCode());
    HttpResponse<String> own = send("POST", "/admin/save", "root", "If-Match", "*");
    assertEquals(200, own.statusCode());
    assertTrue(own.body().contains("ADMINISTRATION"), own.body());
    assertEquals(1, writes.get());
  }

  private void start(boolean inFront, String mode, String interceptor) throws Exception {
    server.rules(
        """
        {"rules": [{"name": "r", "key": "admin/{id}", "read": "/admin/read?id={id}",
          "write": "POST /admin/elsewhere?id={id}"}]}
        """);
    Filter security = security(interceptor.equals("old"));
    Filter guard = new ConflictFilter();
    if (inFront) {
      server.filter(security).filter(guard, Map.of("mode", mode));
    } else {
      server.filter(guard, Map.of("mode", mode)).filter(security);
    }
    server
        .handle(
            "/admin/*",
            (request, response) -> {
              if (request.getMethod().equals("POST")) {
                writes.incrementAndGet();
              }
              response.setContentType("application/json");
              response.getWriter().print("\"ADMINISTRATION\"");
            })
        .start();
  }

  private HttpResponse<String> send(String method, String path, String user, String... headers)
      throws Exception {
    String credentials =
        Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
    List<String> all = new ArrayList<>(Arrays.asList(headers));
    all.addAll(List.of("Authorization", "Basic " + credentials));
    return server.send(method, path, all.toArray(new String[0]));
  }

  private static Filter security(boolean old) throws Exception {
    InMemoryUserDetailsManager users =
        new InMemoryUserDetailsManager(
            User.withUsername("ada").password("{noop}ada").roles("USER").build(),
            User.withUsername("root").password("{noop}root").roles("USER", "ADMIN").build());
    ProviderManager manager = new ProviderManager(new DaoAuthenticationProvider(users));
    BasicAuthenticationEntryPoint entry = new BasicAuthenticationEntryPoint();
    entry.setRealmName("office");
    return new FilterChainProxy(
        new DefaultSecurityFilterChain(
            AnyRequestMatcher.INSTANCE,
            new SecurityContextHolderFilter(new RequestAttributeSecurityContextRepository()),
            new HeaderWriterFilter(List.of(new CacheControlHeadersWriter())),
            new BasicAuthenticationFilter(manager, entry),
            new AnonymousAuthenticationFilter("key"),
            new ExceptionTranslationFilter(entry),
            old ? interceptor(manager) : authorization()));
  }

  private static boolean isWrite(HttpServletRequest request) {
    return request.getMethod().equals("POST");
  }

  private static Filter authorization() {
    return new AuthorizationFilter(
        (user, context) ->
            new AuthorizationDecision(
                user.get().getAuthorities().stream()
                    .anyMatch(
                        authority ->
                            authority
                                .getAuthority()
                                .equals(isWrite(context) ? "ROLE_ADMIN" : "ROLE_USER"))));
  }

  @SuppressWarnings({"deprecation", "removal"})
  private static Filter interceptor(ProviderManager manager) throws Exception {
    LinkedHashMap<RequestMatcher, Collection<ConfigAttribute>> roles = new LinkedHashMap<>();
    roles.put(SecuredInternalGetTest::isWrite, SecurityConfig.createList("ROLE_ADMIN"));
    roles.put(AnyRequestMatcher.INSTANCE, SecurityConfig.createList("ROLE_USER"));
    FilterSecurityInterceptor interceptor = new FilterSecurityInterceptor();
    interceptor.setAuthenticationManager(manager);
    interceptor.setAccessDecisionManager(new AffirmativeBased(List.of(new RoleVoter())));
    interceptor.setSecurityMetadataSource(new DefaultFilterInvocationSecurityMetadataSource(roles));
    interceptor.setObserveOncePerRequest(true);
    interceptor.afterPropertiesSet();
    return interceptor;
  }
}
