package io.github.conflictguard.servlet;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/** What JMX shows of the first rule of the only application. */
final class JmxCounts {

  private JmxCounts() {}

  static long of(String what) throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name =
        beans
            .queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null)
            .iterator()
            .next();
    CompositeData[] rules = (CompositeData[]) beans.getAttribute(name, "Rules");
    return (Long) rules[0].get(what);
  }

  /** Returns the counts of these names, as {@code name=1 name=2}. */
  static String like(String expected) throws Exception {
    StringBuilder counts = new StringBuilder();
    for (String each : expected.split(" ")) {
      String name = each.split("=")[0];
      counts.append(counts.isEmpty() ? "" : " ").append(name).append('=').append(of(name));
    }
    return counts.toString();
  }
}
