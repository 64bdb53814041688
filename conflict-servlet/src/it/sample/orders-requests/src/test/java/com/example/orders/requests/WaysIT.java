package com.example.orders.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every way to weave makes the same application, and without guards it is the one that it was. */
class WaysIT {

  private static final Map<Way, Map<String, String>> ANSWERS = new EnumMap<>(Way.class);
  private static final List<Sample> SAMPLES = Samples.ofFlavour();

  @BeforeAll
  static void sendsEverythingToEach() throws Exception {
    Map<Way.War, Path> wars = Wars.make();
    ask("tomcat", Arrays.stream(Way.values()).filter(way -> !way.needsAgent()).toList(), wars);
    ask("tomcat-agent", Arrays.stream(Way.values()).filter(Way::needsAgent).toList(), wars);
  }

  private static void ask(String name, List<Way> ways, Map<Way.War, Path> wars) throws Exception {
    List<String> options = new ArrayList<>();
    if (ways.get(0).needsAgent()) {
      options.add("-javaagent:" + System.getProperty("agent.jar"));
    }
    try (Server server = Server.start(name, ways, wars, options)) {
      for (Way way : ways) {
        Client client = new Client(server.port(), way);
        Map<String, String> answers = new LinkedHashMap<>();
        for (Sample sample : SAMPLES) {
          answers.put(sample.name(), client.send(sample).toString());
        }
        ANSWERS.put(way, answers);
      }
    }
  }

  @Test
  void applicationWithoutGuardsAnswersAsItDid() {
    Map<String, String> expected = new LinkedHashMap<>();
    SAMPLES.forEach(sample -> expected.put(sample.name(), sample.asItWas()));
    assertAnswers(expected, Way.AS_IT_WAS);
  }

  @Test
  void guardsThatAreSwitchedOffChangeNothing() {
    assertAnswers(ANSWERS.get(Way.AS_IT_WAS), Way.OFF);
    assertAnswers(ANSWERS.get(Way.AS_IT_WAS), Way.OBSERVE);
  }

  @Test
  void everyWayGuardsAlike() {
    Map<String, String> expected = new LinkedHashMap<>();
    SAMPLES.forEach(sample -> expected.put(sample.name(), sample.guarded()));
    for (Way way : Way.values()) {
      if (way.guards()) {
        assertAnswers(expected, way);
      }
    }
  }

  /** One line for each answer that is another one. */
  private static void assertAnswers(Map<String, String> expected, Way way) {
    Map<String, String> others = new TreeMap<>();
    Map<String, String> wanted = new TreeMap<>();
    ANSWERS
        .get(way)
        .forEach(
            (name, answer) -> {
              if (!answer.equals(expected.get(name))) {
                others.put(name, answer);
                wanted.put(name, expected.get(name));
              }
            });
    assertEquals(lines(wanted), lines(others), way.name());
  }

  private static String lines(Map<String, String> answers) {
    StringBuilder lines = new StringBuilder();
    answers.forEach((name, answer) -> lines.append(name).append(": ").append(answer).append('\n'));
    return lines.toString();
  }
}
