package io.github.conflictguard.servlet;

import io.github.conflictguard.servlet.config.DeclaredFilter;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.config.Setting;
import io.github.conflictguard.servlet.config.SettingValue;
import io.github.conflictguard.servlet.doctor.JarLocations;
import io.github.conflictguard.servlet.doctor.RequestWatch;
import io.github.conflictguard.servlet.weaving.Weaving;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Registers {@link ConflictFilter} in web applications that only contain the jar: for {@code /*},
 * after every filter that {@code web.xml} maps to URL patterns, so that authentication and the
 * application's encoding filter come first.
 *
 * <p>Does nothing when {@code web.xml} declares the filter, or when {@code conflictguard.register}
 * is {@code false} (a context parameter, or a system property, which takes precedence). Logs what
 * it did, and the locations of the jar if there is more than one.
 *
 * <p>Containers find it by its name in {@code META-INF/services}, in applications without {@code
 * web.xml} and in those whose {@code web.xml} is {@code metadata-complete} as well.
 */
public final class ConflictGuardInitializer implements ServletContainerInitializer {

  private static final Logger LOG = FilterNames.log();
  private static final String FILTER = ConflictFilter.class.getName();
  private static final String BEEN_HERE = ConflictGuardInitializer.class.getName();

  /** Called by the container. */
  public ConflictGuardInitializer() {}

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
      throws ServletException {
    // Two copies of the jar may result in two classes with this name, called one after the other.
    if (context.getAttribute(BEEN_HERE) != null) {
      return;
    }
    context.setAttribute(BEEN_HERE, true);
    reportCopies(context);
    if (isWanted(context) && DeclaredFilter.in(context) == null) {
      register(context);
    }
    RequestWatch.register(context);
    Weaving.begin(context);
  }

  private static boolean isWanted(ServletContext context) throws ServletException {
    SettingValue value = SettingValue.of(Setting.REGISTER, context);
    if (value == null || value.text.equals("true")) {
      return true;
    }
    if (value.text.equals("false")) {
      return false;
    }
    throw new ServletException("ConflictFilter: " + value + "; accepted are true and false");
  }

  private static void register(ServletContext context) {
    // By name: the container loads the copy that is visible to the application's own classes, whose
    // exceptions they throw.
    FilterRegistration.Dynamic registration = context.addFilter(FILTER, FILTER);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.ASYNC),
        true,
        "/*");
    LOG.info(
        "ConflictFilter is registered for /* in '"
            + context.getContextPath()
            + "', behind the filters of web.xml. Declare it in web.xml to put it elsewhere, or set"
            + " conflictguard.register to false to do without");
  }

  private static void reportCopies(ServletContext context) {
    List<String> places = JarLocations.of(context);
    if (places.size() > 1) {
      LOG.warning(
          "Conflict Guard is there more than once for '"
              + context.getContextPath()
              + "'; one copy is used, the others should be removed: "
              + places);
    }
  }
}
