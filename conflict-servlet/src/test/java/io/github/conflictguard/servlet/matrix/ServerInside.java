package io.github.conflictguard.servlet.matrix;

import com.sun.tools.attach.VirtualMachine;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import jdk.jfr.consumer.RecordingFile;

/** Looks through the heap, the threads and the MBeans of a JVM that runs. */
final class ServerInside implements AutoCloseable {

  /** The threads that answer what is asked here come and go by themselves. */
  private static final String OWN_CONNECTIONS = "RMI TCP ";

  private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private ServerInside(JMXConnector connector) throws Exception {
    this.connector = connector;
    this.beans = connector.getMBeanServerConnection();
  }

  static ServerInside of(long process) throws Exception {
    VirtualMachine jvm = VirtualMachine.attach(String.valueOf(process));
    try {
      return new ServerInside(
          JMXConnectorFactory.connect(new JMXServiceURL(jvm.startLocalManagementAgent())));
    } finally {
      jvm.detach();
    }
  }

  /**
   * Collects the garbage, and counts what is left: the objects of the classes whose names match.
   */
  long count(Pattern classes) throws Exception {
    Object histogram =
        beans.invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"),
            "gcClassHistogram",
            new Object[] {new String[0]},
            new String[] {String[].class.getName()});
    return histogram
        .toString()
        .lines()
        .map(LINE::matcher)
        .filter(line -> line.matches() && classes.matcher(line.group(2)).matches())
        .mapToLong(line -> Long.parseLong(line.group(1)))
        .sum();
  }

  /** The number of events of a type in the recording of the JVM, which goes to a file for that. */
  long recorded(String event, Path file) throws Exception {
    beans.invoke(
        new ObjectName("com.sun.management:type=DiagnosticCommand"),
        "jfrDump",
        new Object[] {new String[] {"filename=" + file}},
        new String[] {String[].class.getName()});
    return RecordingFile.readAllEvents(file).stream()
        .filter(each -> each.getEventType().getName().equals(event))
        .count();
  }

  /** How many MBeans there are whose names fit the pattern. */
  int beans(String pattern) throws Exception {
    return beans.queryNames(new ObjectName(pattern), null).size();
  }

  /** The names of its threads, numbers left out; those of this connection do not count. */
  Set<String> threads() throws Exception {
    ThreadMXBean threads =
        ManagementFactory.newPlatformMXBeanProxy(
            beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    Set<String> names = new TreeSet<>();
    Arrays.stream(threads.dumpAllThreads(false, false))
        .map(ThreadInfo::getThreadName)
        .filter(name -> !name.startsWith(OWN_CONNECTIONS))
        .forEach(name -> names.add(name.replaceAll("[0-9a-f]*\\d[0-9a-f]*", "#")));
    return names;
  }

  @Override
  public void close() throws Exception {
    connector.close();
  }
}
