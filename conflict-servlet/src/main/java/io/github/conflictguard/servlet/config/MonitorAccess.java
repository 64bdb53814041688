package io.github.conflictguard.servlet.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Who may see the monitor: its setting {@code monitor}. Immutable. */
public final class MonitorAccess {

  static final String ACCEPTED = "off, token, role:NAME[,NAME...] and user:NAME[,NAME...]";

  private final Kind kind;
  private final List<String> names;

  private MonitorAccess(Kind kind, List<String> names) {
    this.kind = kind;
    this.names = Collections.unmodifiableList(names);
  }

  /**
   * Parses a value of the setting.
   *
   * @throws IllegalArgumentException if it is none of the accepted ones
   */
  static MonitorAccess parse(String text) {
    for (Kind kind : Kind.values()) {
      if (!kind.hasNames && kind.code.equals(text)) {
        return new MonitorAccess(kind, Collections.emptyList());
      }
      if (kind.hasNames && text.startsWith(kind.code)) {
        return new MonitorAccess(kind, names(text.substring(kind.code.length())));
      }
    }
    throw new IllegalArgumentException("there is no such access");
  }

  private static List<String> names(String list) {
    String[] names = list.split(",", -1);
    for (int i = 0; i < names.length; i++) {
      names[i] = names[i].trim();
      if (names[i].isEmpty()) {
        throw new IllegalArgumentException("a name is empty");
      }
    }
    return Arrays.asList(names);
  }

  /** Returns whether there is a monitor at all. */
  public boolean isOn() {
    return kind != Kind.OFF;
  }

  /** Returns by what access is decided. */
  public Kind kind() {
    return kind;
  }

  /** Returns the roles or users that have access; empty for the other kinds. */
  public List<String> names() {
    return names;
  }

  /** By what access is decided. */
  public enum Kind {
    /** There is no monitor. */
    OFF("off", false),

    /** A token that is printed at the start, or set. */
    TOKEN("token", false),

    /** A role of the container or a security framework. */
    ROLE("role:", true),

    /** The name of the user. */
    USER("user:", true);

    private final String code;
    private final boolean hasNames;

    Kind(String code, boolean hasNames) {
      this.code = code;
      this.hasNames = hasNames;
    }
  }
}
