package io.github.conflictguard.servlet.doctor;

import java.util.regex.Pattern;

/**
 * The reason why requests bypass the filter, if the filters of the application reveal it, with the
 * remedy.
 */
enum BypassCause {
  /** A preceding filter forwards them. */
  FORWARDED("org\\.tuckey\\..*|org\\.ocpsoft\\..*|(.*[.$])?\\w*(Rewrite|Pretty)Filter") {
    @Override
    String cure(Neighbourhood neighbours) {
      String rules =
          "\"dispatch\": [\"REQUEST\", \"FORWARD\"] to the rules for the forwarded paths";
      return neighbours.isGuardMappedToForward()
          ? "Add " + rules
          : "Add <dispatcher>FORWARD</dispatcher> to the filter-mapping of the guard"
              + neighbours.inPlaceOfRegistration()
              + ", and "
              + rules;
    }
  },

  /** The application itself is a filter, which does not call the rest of the chain. */
  APPLICATION_IN_FILTER(
      "org\\.apache\\.struts2\\..*|com\\.opensymphony\\.webwork\\..*|org\\.apache\\.wicket\\..*"
          + "|net\\.sourceforge\\.stripes\\..*|com\\.google\\.inject\\.servlet\\..*"
          + "|org\\.apache\\.tapestry5?\\..*|org\\.apache\\.click\\..*|spark\\.servlet\\..*"
          + "|(org\\.glassfish|com\\.sun)\\.jersey\\..*|org\\.jboss\\.resteasy\\..*"
          + "|org\\.jruby\\.rack\\..*") {
    @Override
    String cure(Neighbourhood neighbours) {
      return "Put the filter-mapping of the guard in front of that of "
          + neighbours.takers(this)
          + ", in which the application lives"
          + neighbours.inPlaceOfRegistration();
    }
  },

  /** The reason is unknown. */
  UNKNOWN("") {
    @Override
    String cure(Neighbourhood neighbours) {
      return "If a filter in front of the guard is the application, or answers in its place, put"
          + " the filter-mapping of the guard in front of it"
          + neighbours.inPlaceOfRegistration()
          + "; if it forwards, the guard needs <dispatcher>FORWARD</dispatcher> in its"
          + " filter-mapping and \"dispatch\": [\"REQUEST\", \"FORWARD\"] in its rules; if it"
          + " answers what is never written, nothing is lost. Filters are mapped: "
          + neighbours.order();
    }
  };

  private final Pattern classes;

  BypassCause(String classes) {
    this.classes = Pattern.compile(classes);
  }

  /** Returns whether filters of this class are a known reason. */
  boolean isKnownOf(String className) {
    return classes.matcher(className).matches();
  }

  /** Returns the remedy. */
  abstract String cure(Neighbourhood neighbours);
}
