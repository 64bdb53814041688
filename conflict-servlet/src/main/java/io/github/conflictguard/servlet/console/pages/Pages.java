package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.monitor.MonitorModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All pages of the monitor, by the last part of their address. Immutable. */
public final class Pages {

  /** The name of the first page, whose address is that of the monitor. */
  public static final String FIRST = "overview";

  private final Map<String, Page> pages = new LinkedHashMap<>();
  private final Map<String, List<String>> groups = new LinkedHashMap<>();

  /** Creates the pages. */
  public Pages(MonitorData data) {
    MonitorModel model = data.model();
    add("happened", FIRST, new OverviewPage(data));
    add("happened", "conflicts", new ConflictsPage(model));
    add("happened", "worklist", new WorklistPage(model));
    add("where", "resources", new TopPage("resource", model.resources(), "resource"));
    add("where", "pairs", new TopPage("pair", model.pairs(), null));
    add("where", "prediction", new PredictionPage(model));
    add("do", "advice", new AdvicePage());
    add("do", "rules", new RulesPage(data));
    add("do", "findings", new FindingsPage(model));
    add("setup", "settings", new SettingsPage(data));
    add("setup", "about", new AboutPage(data));
    pages.put("conflict", new ConflictPage(model));
  }

  private void add(String group, String name, Page page) {
    pages.put(name, page);
    groups.computeIfAbsent(group, any -> new ArrayList<>()).add(name);
  }

  /** Returns the page of a name; null if there is none. */
  public @Nullable Page named(String name) {
    return pages.get(name);
  }

  /** Returns the names of the pages in the navigation, by group. */
  public Map<String, List<String>> groups() {
    return Collections.unmodifiableMap(groups);
  }
}
