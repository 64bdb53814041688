package io.github.conflictguard.servlet.monitor;

import io.github.conflictguard.count.RecoveryCounts;
import io.github.conflictguard.count.RetryCounts;
import io.github.conflictguard.guard.RepeatCheck;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.config.FilterSettings;
import io.github.conflictguard.servlet.doctor.Doctor;
import io.github.conflictguard.servlet.doctor.SetupFinding;
import io.github.conflictguard.servlet.rule.Mode;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The switch of one filter, accessible by JMX. Safe for use by several threads. */
public final class FilterControl implements ConflictFilterMXBean {

  private static final Logger LOG = FilterNames.log();

  private final Supplier<List<RuleCounts>> rules;
  private final ConflictEvents events;
  private final Doctor doctor;
  private final ClassLoader application;
  private final boolean protects;
  private volatile boolean enabled;
  private @Nullable ObjectName name;

  private FilterControl(
      Supplier<List<RuleCounts>> rules,
      ConflictEvents events,
      Doctor doctor,
      ClassLoader application,
      FilterSettings settings) {
    this.rules = rules;
    this.events = events;
    this.doctor = doctor;
    this.application = application;
    this.protects = settings.mode() == Mode.PROTECT;
    this.enabled = settings.enabled();
    switchGuards();
  }

  /**
   * Registers a switch. If JMX rejects it, the filter works all the same, and the reason is logged.
   */
  public static FilterControl register(
      FilterConfig config,
      Supplier<List<RuleCounts>> rules,
      ConflictEvents events,
      Doctor doctor,
      FilterSettings settings) {
    FilterControl control =
        new FilterControl(rules, events, doctor, loaderOf(config.getServletContext()), settings);
    try {
      control.register(
          "io.github.conflictguard:type=ConflictFilter,context="
              + ObjectName.quote(config.getServletContext().getContextPath())
              + ",name="
              + ObjectName.quote(config.getFilterName()));
    } catch (JMException | RuntimeException e) {
      LOG.log(Level.WARNING, "The filter cannot be switched by JMX", e);
    }
    return control;
  }

  /**
   * Registers the switch under a unique name. Another host of this server may have the same path,
   * and some servers start a new deployment before they stop the old one: the later one gets a
   * number.
   */
  private void register(String plain) throws JMException {
    for (int instance = 1; name == null; instance++) {
      ObjectName next = new ObjectName(instance == 1 ? plain : plain + ",instance=" + instance);
      try {
        name = server().registerMBean(this, next).getObjectName();
      } catch (InstanceAlreadyExistsException e) {
        LOG.log(Level.FINE, "The name is taken", e);
      }
    }
  }

  /**
   * Unregisters the switch from JMX, which would keep the classes of this web application
   * reachable.
   */
  public void unregister() {
    RepeatCheck.switchGuards(application, true);
    if (name != null) {
      try {
        server().unregisterMBean(name);
      } catch (JMException | RuntimeException e) {
        LOG.log(Level.WARNING, "The filter could not be taken out of JMX", e);
      }
      name = null;
    }
  }

  @Override
  public boolean isEnabled() {
    return enabled;
  }

  @Override
  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
    switchGuards();
    LOG.info(enabled ? "The filter was switched on" : "The filter was switched off");
  }

  /** Returns the class loader of an application; an embedded container may have none for it. */
  public static ClassLoader loaderOf(ServletContext context) {
    @Nullable ClassLoader own = context.getClassLoader();
    return own == null ? FilterControl.class.getClassLoader() : own;
  }

  /** Enables or disables guards for threads of the application that serve no request. */
  private void switchGuards() {
    RepeatCheck.switchGuards(application, enabled && protects);
  }

  @Override
  public List<RuleCounts> getRules() {
    return rules.get();
  }

  @Override
  public List<ConflictCounts> getConflicts() {
    return events.counts();
  }

  @Override
  public List<RetryCounts> getRetries() {
    return RetryCounts.all();
  }

  @Override
  public List<RecoveryCounts> getRecoveries() {
    return RecoveryCounts.all();
  }

  @Override
  public List<SetupFinding> getFindings() {
    return doctor.findings();
  }

  @Override
  public String getRecorder() {
    return Doctor.recorder();
  }

  @Override
  public Map<String, Long> getCommits() {
    return doctor.store().commits();
  }

  @Override
  public long getSeenRequests() {
    return doctor.countSeen();
  }

  @Override
  public long getBypassingRequests() {
    return doctor.countPast();
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }
}
