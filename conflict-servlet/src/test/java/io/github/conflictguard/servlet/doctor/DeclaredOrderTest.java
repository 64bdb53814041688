package io.github.conflictguard.servlet.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeclaredOrderTest {

  private static final String MAPPINGS =
      """
      <!-- <filter-mapping><filter-name>comment</filter-name><url-pattern>/*</url-pattern></filter-mapping> -->
      <filter-mapping><filter-name>servlets</filter-name><servlet-name>a</servlet-name></filter-mapping>
      <filter-mapping>
        <filter-name> first </filter-name>
        <url-pattern>/*</url-pattern>
      </filter-mapping>
      <filter-mapping><filter-name>second</filter-name><url-pattern>/*</url-pattern></filter-mapping>
      <servlet-mapping><servlet-name>a</servlet-name><url-pattern>/a</url-pattern></servlet-mapping>
      """;

  @Test
  void mappingsToPathsComeBeforeThoseToServlets() {
    DeclaredOrder order = order("<web-app>" + MAPPINGS + "</web-app>");
    assertEquals(List.of("first", "second", "servlets"), order.names());
    assertEquals(true, order.isInFront("first", "second"));
    assertEquals(false, order.isInFront("servlets", "second"));
    assertNull(order.isInFront("first", "elsewhere"));
  }

  @Test
  void whatTheJarRegistersStandsBetweenThem() {
    DeclaredOrder order = order("<web-app>" + MAPPINGS + "</web-app>").with("guard");
    assertEquals(List.of("first", "second", "guard", "servlets"), order.names());
    assertEquals(true, order.isInFront("second", "guard"));
    assertEquals(false, order.isInFront("servlets", "guard"));
  }

  @Test
  void oldAndPrefixedDescriptorsAreRead() {
    String old =
        "<?xml version='1.0'?><!DOCTYPE web-app PUBLIC '-//Sun Microsystems, Inc.//DTD Web"
            + " Application 2.3//EN' 'http://127.0.0.1:1/web-app_2_3.dtd'>";
    assertEquals(3, order(old + "<web-app>" + MAPPINGS + "</web-app>").names().size());
    String prefixed = MAPPINGS.replaceAll("<(/?)([a-z])", "<$1j:$2");
    assertEquals(3, order("<j:web-app xmlns:j='x'>" + prefixed + "</j:web-app>").names().size());
  }

  @Test
  void whatCannotBeReadDeclaresNothing() {
    assertEquals(List.of(), order("<web-app>").names());
    assertEquals(List.of(), DeclaredOrder.of(mock(ServletContext.class)).names());
  }

  private static DeclaredOrder order(String descriptor) {
    ServletContext context = mock(ServletContext.class);
    when(context.getResourceAsStream("/WEB-INF/web.xml"))
        .thenReturn(new ByteArrayInputStream(descriptor.getBytes(UTF_8)));
    return DeclaredOrder.of(context);
  }
}
