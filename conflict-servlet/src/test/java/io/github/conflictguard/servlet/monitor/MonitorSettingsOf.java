package io.github.conflictguard.servlet.monitor;

import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.config.MonitorSettings;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.Map;

/** Settings of a filter without a container. */
final class MonitorSettingsOf {

  private MonitorSettingsOf() {}

  static MonitorSettings parameters(Map<String, String> parameters) throws ServletException {
    ServletContext context = mock(ServletContext.class);
    when(context.getInitParameterNames()).thenAnswer(call -> Collections.emptyEnumeration());
    FilterConfig config = mock(FilterConfig.class);
    when(config.getFilterName()).thenReturn("guard");
    when(config.getServletContext()).thenReturn(context);
    when(config.getInitParameterNames())
        .thenAnswer(call -> Collections.enumeration(parameters.keySet()));
    when(config.getInitParameter(anyString()))
        .thenAnswer(call -> parameters.get(call.<String>getArgument(0)));
    return FilterSettings.read(config).monitor();
  }
}
