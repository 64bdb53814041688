package io.github.conflictguard.servlet.container;

import jakarta.servlet.ServletRequest;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The detection of compression by Tomcat's connector, by its attribute {@code compression}. The
 * attribute is read once for each port: through the request, which refers to its connector in every
 * version, or else through JMX, which embedded servers often disable. Thread-safe.
 */
final class TomcatCompression {

  private static final Logger LOG = Logger.getLogger(TomcatCompression.class.getName());
  private static final String REQUEST = "org.apache.catalina.connector.RequestFacade";
  private static final int MOST_PORTS = 64;

  private final Map<Integer, Boolean> byPort = new ConcurrentHashMap<>();

  /**
   * Returns whether responses to this request may be compressed.
   *
   * @param innermost the request of the container
   */
  boolean isOn(ServletRequest innermost) {
    if (!innermost.getClass().getName().equals(REQUEST)) {
      return false;
    }
    int port = innermost.getLocalPort();
    Boolean known = byPort.get(port);
    if (known == null) {
      known = find(innermost, port);
      if (byPort.size() < MOST_PORTS) {
        byPort.put(port, known);
      }
    }
    return known;
  }

  private static boolean find(ServletRequest innermost, int port) {
    String setting;
    try {
      setting = text(ofConnector(innermost));
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.FINE, "The connector cannot be reached through the request", e);
      setting = ofBean(port);
    }
    // May also be a number: the minimum length for compression.
    return setting != null && !setting.equals("off");
  }

  private static @Nullable Object ofConnector(ServletRequest facade)
      throws ReflectiveOperationException {
    Field field = facade.getClass().getDeclaredField("request");
    field.setAccessible(true);
    Object request = field.get(facade);
    Object connector = request.getClass().getMethod("getConnector").invoke(request);
    return connector
        .getClass()
        .getMethod("getProperty", String.class)
        .invoke(connector, "compression");
  }

  private static @Nullable String ofBean(int port) {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    try {
      for (ObjectName handler :
          beans.queryNames(new ObjectName("*:type=ProtocolHandler,*"), null)) {
        if (String.valueOf(port).equals(text(beans.getAttribute(handler, "localPort")))) {
          return text(beans.getAttribute(handler, "compression"));
        }
      }
    } catch (JMException | RuntimeException e) {
      LOG.log(Level.FINE, "The connector cannot be reached through JMX", e);
    }
    return null;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
