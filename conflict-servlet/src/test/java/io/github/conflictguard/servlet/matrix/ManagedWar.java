package io.github.conflictguard.servlet.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An application on WildFly that brings neither a driver nor Hibernate: both are modules of the
 * server, whose class loaders do not delegate to the boot class loader.
 */
final class ManagedWar implements War {

  private static final String CLASSES = "io.github.conflictguard.servlet.modules";

  @Override
  public String folder() {
    return "managed";
  }

  @Override
  public String about() {
    return path() + "/customers/count";
  }

  @Override
  public Map<String, byte[]> files(ServerKind server) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    server
        .namespace
        .classesOf(CLASSES)
        .forEach((name, bytes) -> files.put("WEB-INF/classes/" + name, bytes));
    files.put("WEB-INF/lib/conflict-guard.jar", Files.readAllBytes(server.namespace.dropIn.file()));
    files.put("WEB-INF/classes/META-INF/persistence.xml", PERSISTENCE.getBytes(UTF_8));
    files.put("WEB-INF/conflict-guard.json", RULES.getBytes(UTF_8));
    files.put(
        "WEB-INF/web.xml",
        DESCRIPTOR
            .replace("ATTRIBUTES", server.namespace.descriptor)
            .replace("LINES", Readme.linesOfWebXml())
            .getBytes(UTF_8));
    return files;
  }

  private static final String RULES =
      """
      {"rules": [{"name": "customers", "write": "/customers/*", "suspectResponses": "2xx"}]}
      """;

  private static final String PERSISTENCE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
        <persistence-unit name="customers" transaction-type="JTA">
          <jta-data-source>java:jboss/datasources/ExampleDS</jta-data-source>
          <class>io.github.conflictguard.servlet.modules.ManagedCustomer</class>
          <properties>
            <property name="jakarta.persistence.schema-generation.database.action"
              value="drop-and-create"/>
            <property name="jboss.entity.manager.factory.jndi.name"
              value="java:jboss/customers-factory"/>
          </properties>
        </persistence-unit>
      </persistence>
      """;

  private static final String DESCRIPTOR =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <web-app ATTRIBUTES>
        LINES
        <servlet>
          <servlet-name>customers</servlet-name>
          <servlet-class>io.github.conflictguard.servlet.modules.ManagedServlet</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>customers</servlet-name>
          <url-pattern>/customers/*</url-pattern>
        </servlet-mapping>
      </web-app>
      """;
}
