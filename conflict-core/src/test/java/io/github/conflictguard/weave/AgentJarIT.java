package io.github.conflictguard.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** The agent's jar as the build makes it. */
class AgentJarIT {

  /** Containers that ask the system class path first take classes from it, not from the WAR. */
  @Test
  void everyClassOfTheProjectFindsWhatItRefersTo() {
    StringWriter missing = new StringWriter();
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(
            new PrintWriter(missing),
            new PrintWriter(new StringWriter()),
            "--multi-release",
            "base",
            "-filter:none",
            "--missing-deps",
            System.getProperty("agent.jar"));
    List<String> ofProject =
        missing
            .toString()
            .lines()
            .filter(line -> line.contains("-> io.github.conflictguard."))
            .toList();
    assertEquals(List.of(), ofProject);
  }
}
