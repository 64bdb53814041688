package com.example.orders.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to weave makes the same application, and without guards it is the one that it was. */
class WaysIT {

  private static final Map<Way, Map<String, String>> ANSWERS = new EnumMap<>(Way.class);
  private static final List<Sample> SAMPLES = Samples.ofFlavour();
  private static Map<Way.War, Path> wars = Map.of();

  @BeforeAll
  static void sendsEverythingToEach() throws Exception {
    wars = Wars.make();
    ask("tomcat", Arrays.stream(Way.values()).filter(way -> !way.needsAgent()).toList());
    ask("tomcat-agent", Arrays.stream(Way.values()).filter(Way::needsAgent).toList());
  }

  private static void ask(String name, List<Way> ways) throws Exception {
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

  /** The filter answers conflicts that reach it; it runs nothing again, and locks nothing. */
  @Test
  void filterWithoutWeavingRunsWhatRanBefore() {
    Map<String, String> expected = new LinkedHashMap<>(ANSWERS.get(Way.AS_IT_WAS));
    ANSWERS
        .get(Way.UNWOVEN)
        .forEach(
            (name, answer) -> {
              if (expected.get(name).startsWith("500 ") && answer.startsWith("409 ")) {
                expected.put(name, answer.replaceFirst(" \\|.*", " |" + trace(expected.get(name))));
              }
            });
    assertAnswers(expected, Way.UNWOVEN);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"BUILD", "COMMAND", "CONTAINER", "ATTACH", "AGENT", "AGENT_AND_BUILD"})
  void everyWayGuardsAlike(Way way) {
    Map<String, String> expected = new LinkedHashMap<>();
    SAMPLES.forEach(sample -> expected.put(sample.name(), sample.guarded()));
    if (way == Way.CONTAINER) {
      // Tomcat has loaded its servlets by then, which the documents say.
      expected.put("servlet", ANSWERS.get(Way.UNWOVEN).get("servlet"));
    }
    assertAnswers(expected, way);
  }

  /** What Lombok, MapStruct and AspectJ have made stays as it is, byte for byte. */
  @ParameterizedTest
  @EnumSource(names = {"WOVEN", "BY_COMMAND"})
  void onlyClassesThatAskForGuardsAreChanged(Way.War war) throws Exception {
    Set<String> guarded =
        new TreeSet<>(
            Set.of(
                "Customer",
                "CustomerArchive",
                "CustomerDesk",
                "GuardedController",
                "LockDesk",
                "Methods",
                "Methods$1",
                "Methods$Nested",
                "OldServlet",
                "Shipping",
                "ShippingDesk"));
    if (Samples.isJakarta()) {
      guarded.addAll(Set.of("Records", "Records$Shipment"));
    }
    assertEquals(
        guarded, ChangedClasses.between(wars.get(Way.War.UNWOVEN), wars.get(war)), war.name());
  }

  private static String trace(String answer) {
    return answer.substring(answer.indexOf('|') + 1);
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
