package io.github.conflictguard.servlet.config;

import jakarta.servlet.ServletException;
import java.net.URI;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The validated settings of the monitor and the journal. Immutable. */
public final class MonitorSettings {

  private static final int SHORTEST_TOKEN = 24;

  private final MonitorAccess access;
  private final @Nullable String token;
  private final boolean writes;
  private final List<String> origins;
  private final LogForm log;
  private final @Nullable Path journal;
  private final int journalDays;
  private final @Nullable ActorNames actors;
  private final boolean keysHashed;
  private final boolean mdc;
  private final boolean riskHeader;

  MonitorSettings(SettingReader given) throws ServletException {
    this.access = access(given);
    this.token = given.parsed(Setting.MONITOR_TOKEN, text -> text, "");
    if (token != null && token.length() < SHORTEST_TOKEN) {
      throw given.wrong(
          "the " + Setting.MONITOR_TOKEN.parameter() + " has " + token.length() + " characters",
          SHORTEST_TOKEN + " and more");
    }
    this.writes = given.trueOrFalse(Setting.MONITOR_WRITES);
    this.origins =
        Collections.unmodifiableList(
            given.list(
                Setting.MONITOR_ORIGIN,
                MonitorSettings::origin,
                "origins such as https://app.example.org or http://localhost:8080"));
    this.log = given.oneOf(Setting.MONITOR_LOG, LogForm.values(), LogForm::code);
    this.journal = given.parsed(Setting.JOURNAL, MonitorSettings::file, "absolute paths of a file");
    this.journalDays = given.number(Setting.JOURNAL_DAYS);
    this.actors =
        given.isSet(Setting.ACTORS)
            ? given.oneOf(Setting.ACTORS, ActorNames.values(), ActorNames::code)
            : null;
    boolean anyReader = access.kind() == MonitorAccess.Kind.TOKEN;
    if (actors == ActorNames.NAME && anyReader) {
      throw given.wrong(
          "actors has the value 'name', and the monitor shows everything to the holder of a token",
          "actors = hidden and actors = pseudonym with monitor = token, and any with role: or"
              + " user:");
    }
    this.keysHashed =
        given.oneOf(Setting.MONITOR_KEYS, KeyForm.values(), KeyForm::code) == KeyForm.HASHED;
    this.mdc = given.trueOrFalse(Setting.MDC);
    this.riskHeader = given.trueOrFalse(Setting.RISK_HEADER);
  }

  private static MonitorAccess access(SettingReader given) throws ServletException {
    MonitorAccess set = given.parsed(Setting.MONITOR, MonitorAccess::parse, MonitorAccess.ACCEPTED);
    return set == null ? MonitorAccess.parse("off") : set;
  }

  /** Returns an origin as browsers send it, RFC 6454 6.2. */
  private static String origin(String text) {
    URI uri = URI.create(text);
    String scheme = uri.getScheme();
    boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    if (!web || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException(text);
    }
    String origin = (scheme + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT);
    if (!origin.equalsIgnoreCase(text)) {
      throw new IllegalArgumentException(text);
    }
    return origin;
  }

  private static Path file(String text) {
    Path path = Paths.get(text);
    if (!path.isAbsolute() || path.getFileName() == null) {
      throw new IllegalArgumentException("the path is relative, or not that of a file");
    }
    return path;
  }

  /** Returns who may see the monitor. */
  public MonitorAccess access() {
    return access;
  }

  /** Returns the configured token; null for one that is generated at the start. */
  public @Nullable String token() {
    return token;
  }

  /** Returns whether the monitor offers changes. */
  public boolean areWritesAllowed() {
    return writes;
  }

  /**
   * Returns the origins of the monitor's pages, in lower case, in place of that of {@code Host}.
   */
  public List<String> origins() {
    return origins;
  }

  /** Returns whether the log contains JSON objects by the Elastic Common Schema. */
  public boolean isLogJson() {
    return log == LogForm.JSON;
  }

  /** Returns the file of the journal; null for none. */
  public @Nullable Path journal() {
    return journal;
  }

  /** Returns after how many days entries of the file are deleted; 0 for never. */
  public int journalDays() {
    return journalDays;
  }

  /** Returns how clients are shown the people behind conflicts. */
  public ActorNames actorsForClients() {
    return actors == null ? ActorNames.HIDDEN : actors;
  }

  /** Returns how the monitor, the journal and listeners show the people behind conflicts. */
  public ActorNames actors() {
    return actors == null ? ActorNames.PSEUDONYM : actors;
  }

  /** Returns whether resource keys are recorded as hashes, except for numbers. */
  public boolean areKeysHashed() {
    return keysHashed;
  }

  /** Returns whether the logging context of the application gets instance and rule. */
  public boolean mdc() {
    return mdc;
  }

  /** Returns whether pages get the header {@code Conflict-Risk}. */
  public boolean riskHeader() {
    return riskHeader;
  }

  /** Returns whether anything is recorded. If not, no memory is used for it. */
  public boolean isRecording() {
    return access.isOn() || journal != null || riskHeader;
  }

  /** The form of lines in the log. */
  private enum LogForm {
    TEXT,
    JSON;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The form of resource keys. */
  private enum KeyForm {
    PLAIN,
    HASHED;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
