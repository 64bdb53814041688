package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the initializer does with what a container tells it; ContainerIT has the containers. */
class ConflictGuardInitializerTest {

  private static final String FILTER = ConflictFilter.class.getName();
  private static final Logger LOG = Logger.getLogger(FILTER);

  private final ServletContext context = mock(ServletContext.class);
  private final FilterRegistration.Dynamic registration = mock(FilterRegistration.Dynamic.class);
  private final Map<String, Object> attributes = new HashMap<>();
  private final LogLines log = new LogLines();

  @BeforeEach
  void start() {
    when(context.getContextPath()).thenReturn("/office");
    when(context.getInitParameterNames()).thenReturn(Collections.emptyEnumeration());
    when(context.getClassLoader()).thenReturn(getClass().getClassLoader());
    when(context.addFilter(FILTER, FILTER)).thenReturn(registration);
    when(context.getAttribute(anyString())).thenAnswer(call -> attributes.get(call.getArgument(0)));
    doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
        .when(context)
        .setAttribute(anyString(), any());
    LOG.addHandler(log);
  }

  @AfterEach
  void end() {
    LOG.removeHandler(log);
    System.clearProperty("conflictguard.register");
  }

  @Test
  void theFilterIsRegisteredBehindTheApplicationsFiltersAndSaysSo() throws Exception {
    start(context);
    verify(registration).setAsyncSupported(true);
    verify(registration)
        .addMappingForUrlPatterns(
            EnumSet.of(DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.ASYNC),
            true,
            "/*");
    assertEquals(1, log.lines.size());
    assertTrue(log.lines.get(0).startsWith("ConflictFilter is registered for /* in '/office'"));
  }

  @Test
  void aFilterThatIsDeclaredIsLeftAlone() throws Exception {
    FilterRegistration declared = mock(FilterRegistration.class);
    when(declared.getClassName()).thenReturn(FILTER);
    when(context.getFilterRegistrations()).thenAnswer(call -> Map.of("theirs", declared));
    start(context);
    verify(context, never()).addFilter(anyString(), anyString());
  }

  @Test
  void theContextParameterAndTheSystemPropertyPreventIt() throws Exception {
    when(context.getInitParameter("conflictguard.register")).thenReturn("false");
    start(context);
    verify(context, never()).addFilter(anyString(), anyString());
  }

  @Test
  void theSystemPropertyWins() throws Exception {
    when(context.getInitParameter("conflictguard.register")).thenReturn("false");
    System.setProperty("conflictguard.register", "true");
    start(context);
    verify(context).addFilter(FILTER, FILTER);
  }

  @Test
  void anythingElseStopsTheStart() {
    when(context.getInitParameter("conflictguard.register")).thenReturn("no");
    ServletException e = assertThrows(ServletException.class, () -> start(context));
    assertEquals(
        "ConflictFilter: context-param conflictguard.register has the value 'no'; accepted are"
            + " true and false",
        e.getMessage());
  }

  @Test
  void twoCopiesOfTheJarRegisterOneFilterAndAreNamedOnce(@TempDir Path folder) throws Exception {
    String classFile = FILTER.replace('.', File.separatorChar) + ".class";
    Path copy = folder.resolve(classFile);
    Files.createDirectories(copy.getParent());
    Files.writeString(copy, "not read");
    URL[] second = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(second, getClass().getClassLoader())) {
      when(context.getClassLoader()).thenReturn(loader);
      start(context);
      start(context);
    }
    verify(context, times(1)).addFilter(FILTER, FILTER);
    List<String> warnings = log.lines.stream().filter(line -> line.contains("more than")).toList();
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains(folder.toUri().getPath()), warnings.get(0));
  }

  private static void start(ServletContext context) throws ServletException {
    new ConflictGuardInitializer().onStartup(null, context);
  }
}
