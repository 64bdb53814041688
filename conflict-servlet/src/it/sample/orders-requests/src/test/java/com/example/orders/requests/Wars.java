package com.example.orders.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Makes what is deployed of the two that the build has made. */
final class Wars {

  private Wars() {}

  static Map<Way.War, Path> make() throws Exception {
    Path unwoven = Path.of(System.getProperty("orders.unwoven"));
    Path agent = Path.of(System.getProperty("agent.jar"));
    Path byCommand = agent.resolveSibling("by-command.war");
    Path withAgent = agent.resolveSibling("with-agent.war");
    Path log = agent.resolveSibling("command.txt");

    Process command =
        new ProcessBuilder(
                Path.of(System.getProperty("orders.java.home"), "bin", "java").toString(),
                "-jar",
                agent.toString(),
                "--lib",
                "orders-*.jar",
                "--output",
                byCommand.toString(),
                unwoven.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertEquals(0, command.waitFor(), () -> "see " + log);

    Files.copy(unwoven, withAgent);
    try (FileSystem war = FileSystems.newFileSystem(withAgent)) {
      Files.copy(agent, war.getPath("WEB-INF", "lib", "conflict-core-agent.jar"));
    }

    Map<Way.War, Path> wars = new EnumMap<>(Way.War.class);
    wars.put(Way.War.UNWOVEN, unwoven);
    wars.put(Way.War.WOVEN, Path.of(System.getProperty("orders.woven")));
    wars.put(Way.War.BY_COMMAND, byCommand);
    wars.put(Way.War.WITH_AGENT, withAgent);
    return wars;
  }
}
