package io.github.conflictguard.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.readme.CodeBlock;
import io.github.conflictguard.example.readme.CurlCommand;
import io.github.conflictguard.example.readme.MarkdownFile;
import io.github.conflictguard.example.server.OfficeDatabase;
import io.github.conflictguard.example.server.OfficeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The code blocks of all documents are replayed, or come from files of the build. */
class ReadmeIT {

  private static final Path ROOT = Path.of(System.getProperty("project.root")).normalize();

  /** How many transcripts each document has. */
  private static final Map<String, Integer> TRANSCRIPTS =
      Map.of("README.md", 3, "example-webapp/README.md", 8);

  private static final int REGIONS = 30;

  /** Kinds of blocks that other tests follow, and diagrams. */
  private static final List<String> OTHERS = List.of("install", "trace", "diagram");

  private final Map<String, List<CodeBlock>> blocks = new TreeMap<>();

  ReadmeIT() throws Exception {
    for (MarkdownFile file : MarkdownFile.allIn(ROOT)) {
      blocks.put(file.name(), file.blocks());
    }
  }

  @Test
  void everyTranscriptIsWhatComesBack() throws Exception {
    Map<String, Integer> replayed = new TreeMap<>();
    for (Map.Entry<String, List<CodeBlock>> document : blocks.entrySet()) {
      List<CodeBlock> transcripts = marked("transcript", document.getValue());
      if (!transcripts.isEmpty()) {
        replay(transcripts);
        replayed.put(document.getKey(), transcripts.size());
      }
    }
    assertEquals(TRANSCRIPTS, replayed);
  }

  @Test
  void everyRegionComesFromAFileOfTheBuild() throws Exception {
    List<CodeBlock> regions = marked("region", all());
    assertEquals(REGIONS, regions.size());
    for (CodeBlock block : regions) {
      assertEquals(block.regionOf(ROOT), block.text(), block.marker());
    }
  }

  @Test
  void theCommandsAreTheTwoAndTheGateRunsTheTestCommand() throws Exception {
    List<String> commands = marked("command", all()).stream().map(CodeBlock::text).toList();
    assertEquals(List.of("mvn jetty:run", "mvn verify"), commands);
    assertEquals(2, marked("command", blocks.getOrDefault("README.md", List.of())).size());
    assertTrue(Files.readAllLines(ROOT.resolve(".ci/run")).contains(commands.get(1)));
  }

  @Test
  void noBlockIsWithoutAMarker() {
    List<String> kinds = new ArrayList<>(List.of("transcript", "region", "command"));
    kinds.addAll(OTHERS);
    blocks.forEach(
        (name, inside) ->
            inside.forEach(
                block ->
                    assertTrue(
                        kinds.contains(block.marker().split("\\W", 2)[0]),
                        name + ": " + block.marker() + " " + block.text())));
  }

  /** Replays the transcripts of one document in their order, on a server of their own. */
  private static void replay(List<CodeBlock> transcripts) throws Exception {
    try (OfficeDatabase database = OfficeDatabase.start();
        OfficeServer office = OfficeServer.startJetty(database)) {
      for (CodeBlock transcript : transcripts) {
        CurlCommand command = CurlCommand.parse(transcript.firstLine());
        String answer = command.send(office.address());
        assertEquals(masked(transcript.afterFirstLine()), masked(answer));
      }
    }
  }

  private List<CodeBlock> all() {
    return blocks.values().stream().flatMap(List::stream).toList();
  }

  private static List<CodeBlock> marked(String kind, List<CodeBlock> among) {
    return among.stream().filter(block -> block.marker().startsWith(kind)).toList();
  }

  /** The time and the identity of an occurrence are different each time. */
  private static String masked(String answer) {
    return answer
        .replaceAll("(?m)^Date: .*$", "Date: now")
        .replaceAll("urn:uuid:[0-9a-f-]{36}", "urn:uuid:masked")
        .replaceAll("\"time\":\"[^\"]{20}\",\"age\":[0-9]", "\"time\":\"then\",\"age\":0")
        .stripTrailing();
  }
}
