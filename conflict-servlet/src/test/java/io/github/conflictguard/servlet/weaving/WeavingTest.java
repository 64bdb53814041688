package io.github.conflictguard.servlet.weaving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.config.RulesOfApplication;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What the filter does at its start about guards that are missing; WeavingIT has the containers.
 */
class WeavingTest {

  private static final String RULES =
      "{\"guarded\": \"com.example.Orders#save(java.lang.String)\", \"rules\": []}";

  private final FilterConfig config = mock(FilterConfig.class);
  private final ServletContext context = mock(ServletContext.class);
  private final Map<String, String> initParams = new HashMap<>();

  @Test
  void strictWeavingStopsTheStartAndSaysWhatIsMissing() throws Exception {
    initParams.put("strictWeaving", "true");
    String message = assertThrows(ServletException.class, this::init).getMessage();
    assertEquals(
        "Filter 'guard': strictWeaving requires a guard for every method that requests one. Without: [the"
            + " target com.example.Orders#save(java.lang.String): there is no such method]",
        message);
  }

  @Test
  void elseTheApplicationStarts() throws Exception {
    init().destroy();
  }

  @Test
  void aContainerThatHandsOutNoClassesIsNoReasonToFailUnlessWeavingIsStrict() throws Exception {
    when(context.getResourcePaths("/WEB-INF/classes/")).thenThrow(new IllegalStateException("no"));
    init().destroy();
    initParams.put("strictWeaving", "true");
    assertThrows(ServletException.class, this::init);
  }

  @Test
  void aWayThatIsNoneIsRefused() {
    initParams.put("weaving", "magic");
    String message = assertThrows(ServletException.class, this::init).getMessage();
    assertTrue(message.endsWith("'magic'; accepted are [agent, container, attach, none]"), message);
  }

  private ConflictFilter init() throws Exception {
    when(context.getInitParameterNames()).thenReturn(Collections.emptyEnumeration());
    when(context.getContextPath()).thenReturn("/office");
    when(context.getClassLoader()).thenReturn(getClass().getClassLoader());
    when(context.getResourceAsStream(RulesOfApplication.USUAL_FILE))
        .thenReturn(new ByteArrayInputStream(RULES.getBytes(StandardCharsets.UTF_8)));
    initParams.forEach((name, value) -> when(config.getInitParameter(name)).thenReturn(value));
    when(config.getInitParameterNames()).thenReturn(Collections.enumeration(initParams.keySet()));
    when(config.getServletContext()).thenReturn(context);
    when(config.getFilterName()).thenReturn("guard");
    ConflictFilter filter = new ConflictFilter();
    filter.init(config);
    return filter;
  }
}
