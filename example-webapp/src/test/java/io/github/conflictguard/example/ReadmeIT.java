package io.github.conflictguard.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.readme.CodeBlock;
import io.github.conflictguard.example.readme.CurlCommand;
import io.github.conflictguard.example.server.OfficeDatabase;
import io.github.conflictguard.example.server.OfficeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README says what is true. */
class ReadmeIT {

  private static final Path ROOT = Path.of(System.getProperty("project.root"));

  private final List<CodeBlock> blocks;

  ReadmeIT() throws Exception {
    blocks = CodeBlock.allIn(ROOT.resolve("README.md"));
  }

  @Test
  void everyTranscriptIsWhatComesBack() throws Exception {
    List<CodeBlock> transcripts = marked("transcript");
    assertEquals(4, transcripts.size());
    try (OfficeDatabase database = OfficeDatabase.start();
        OfficeServer office = OfficeServer.startJetty(database)) {
      for (CodeBlock transcript : transcripts) {
        CurlCommand command = CurlCommand.parse(transcript.firstLine());
        String answer = command.send(office.address());
        assertEquals(masked(transcript.afterFirstLine()), masked(answer));
      }
    }
  }

  @Test
  void everyOtherBlockComesFromAFileOfTheBuild() throws Exception {
    List<CodeBlock> regions = marked("region");
    assertEquals(12, regions.size());
    for (CodeBlock block : regions) {
      assertEquals(block.regionOf(ROOT), block.text(), block.marker());
    }
  }

  @Test
  void theCommandsAreTheTwoAndTheGateRunsTheTestCommand() throws Exception {
    List<String> commands = marked("command").stream().map(CodeBlock::text).toList();
    assertEquals(List.of("mvn jetty:run", "mvn verify"), commands);
    assertTrue(Files.readAllLines(ROOT.resolve(".ci/run")).contains(commands.get(1)));
  }

  @Test
  void noBlockIsWithoutAMarker() {
    assertEquals(
        blocks.size(),
        marked("transcript").size()
            + marked("region").size()
            + marked("command").size()
            + marked("install").size()); // which another test follows
  }

  private List<CodeBlock> marked(String kind) {
    return blocks.stream().filter(block -> block.marker().startsWith(kind)).toList();
  }

  /** The time and the identity of an occurrence are different each time. */
  private static String masked(String answer) {
    return answer
        .replaceAll("(?m)^Date: .*$", "Date: now")
        .replaceAll("urn:uuid:[0-9a-f-]{36}", "urn:uuid:masked");
  }
}
