package io.github.conflictguard.servlet.container;

import jakarta.servlet.ServletRequest;
import java.lang.reflect.Method;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A detector of Undertow's {@code EncodingHandler} in front of the application: if it is installed,
 * the exchange has an attachment. The class is looked up by name, because the library may be
 * absent. Thread-safe.
 */
final class UndertowEncoding {

  private static final Logger LOG = Logger.getLogger(UndertowEncoding.class.getName());
  private static final String REQUEST = "io.undertow.servlet.spec.HttpServletRequestImpl";
  private static final String ENCODINGS =
      "io.undertow.server.handlers.encoding.AllowedContentEncodings";

  private volatile boolean unknown;
  private volatile @Nullable Way way;

  /**
   * Returns whether the response to this request may be encoded.
   *
   * @param innermost the request of the container
   */
  boolean isOn(ServletRequest innermost) {
    if (unknown || !innermost.getClass().getName().equals(REQUEST)) {
      return false;
    }
    try {
      Way known = way;
      if (known == null || !known.type.equals(innermost.getClass())) {
        known = new Way(innermost.getClass());
        way = known;
      }
      Object exchange = known.exchange.invoke(innermost);
      return known.attachment.invoke(exchange, known.key) != null;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      unknown = true;
      LOG.log(Level.FINE, "Undertow's exchange cannot be reached through the request", e);
      return false;
    }
  }

  /** The accessors from a request to the attachment. */
  private static final class Way {

    final Class<?> type;
    final Method exchange;
    final Method attachment;
    final Object key;

    Way(Class<?> type) throws ReflectiveOperationException {
      this.type = type;
      this.exchange = type.getMethod("getExchange");
      Class<?> encodings =
          Class.forName(ENCODINGS, true, exchange.getReturnType().getClassLoader());
      this.key = encodings.getField("ATTACHMENT_KEY").get(null);
      this.attachment = attachmentOf(exchange.getReturnType());
    }

    private static Method attachmentOf(Class<?> exchange) throws NoSuchMethodException {
      for (Method method : exchange.getMethods()) {
        if (method.getName().equals("getAttachment") && method.getParameterCount() == 1) {
          return method;
        }
      }
      throw new NoSuchMethodException("getAttachment");
    }
  }
}
