package io.github.conflictguard.servlet.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.servlet.match.InvalidRuleException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The reader of the rules file and its JSON Schema accept and refuse the same files. */
class RuleSchemaTest {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();
  private static final JsonNode TEXT = text();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(TEXT);

  static List<Arguments> accepted() throws Exception {
    return examples("accepted-rules.txt");
  }

  static List<Arguments> refused() throws Exception {
    return examples("refused-rules.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accepted")
  void acceptedFileIsAcceptedByReaderAndSchema(String name, boolean byReaderAlone, String file) {
    assertDoesNotThrow(() -> read(file));
    assertEquals(Set.of(), Set.copyOf(SCHEMA.validate(parsed(file))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusedFileIsRefusedByReaderAndSchema(String name, boolean byReaderAlone, String file) {
    assertThrows(InvalidRuleException.class, () -> read(file));
    if (!byReaderAlone) {
      assertTrue(!SCHEMA.validate(parsed(file)).isEmpty(), "the schema accepts " + file);
    }
  }

  /** So that the mark stays a property of the schema, and not of an example that was forgotten. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void schemaAcceptsWhatIsMarkedAsRefusedByTheReaderAlone(
      String name, boolean byReaderAlone, String file) {
    JsonNode node = byReaderAlone ? parsedOrNull(file) : null;
    if (node != null) {
      assertEquals(Set.of(), Set.copyOf(SCHEMA.validate(node)));
    }
  }

  @Test
  void schemaIsValidItself() {
    JsonSchema metaSchema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(com.networknt.schema.SchemaLocation.of(VersionFlag.V202012.getId()));
    assertEquals(Set.of(), Set.copyOf(metaSchema.validate(TEXT)));
  }

  /** The reader names the fields that it takes in its message about one that it does not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/properties|{'rules':[],'?':1}",
        "/$defs/rule/properties|{'rules':[{'name':'a','read':'/a','?':1}]}",
        "/$defs/forms/properties|{'rules':[{'name':'a','read':'/a','forms':{'?':1}}]}",
        "/$defs/answer/properties|{'rules':[{'name':'a','read':'/a','conflictResponses':[{'answer':'200',"
            + "'kind':'locked','?':1}]}]}",
        "/$defs/query/properties|{'rules':[{'name':'a','read':'/a','tag':{'source':'query',"
            + "'dataSource':'o','sql':'s','?':1}}]}",
        "/$defs/native/properties|{'rules':[{'name':'a','read':'/a','tag':{'source':'native',"
            + "'field':'f','?':1}}]}",
        "/$defs/resolver/properties|{'rules':[{'name':'a','read':'/a','tag':{'source':'resolver',"
            + "'class':'a.B','?':1}}]}",
        "/$defs/dataSource/properties|{'rules':[],'dataSources':{'o':{'url':'u','?':1}}}",
        "/$defs/store/properties|{'rules':[],'store':{'dataSource':'o','?':1}}",
        "/$defs/conflict/properties|{'rules':[],'conflicts':[{'exception':'a.B','kind':'locked',"
            + "'?':1}]}",
      })
  void schemaDescribesTheFieldsThatTheReaderTakes(String place, String file) {
    String message =
        assertThrows(InvalidRuleException.class, () -> read(file.replace('\'', '"'))).getMessage();
    Matcher list = Pattern.compile("unknown field '\\?'; accepted are \\[(.*)]").matcher(message);
    assertTrue(list.find(), message);
    Set<String> described = new TreeSet<>();
    TEXT.at(place).fieldNames().forEachRemaining(described::add);
    assertEquals(new TreeSet<>(Arrays.asList(list.group(1).split(", "))), described);
  }

  @Test
  void everyFieldIsDescribed() {
    for (String place :
        List.of(
            "",
            "/$defs/rule",
            "/$defs/forms",
            "/$defs/answer",
            "/$defs/dataSource",
            "/$defs/store")) {
      TEXT.at(place + "/properties")
          .properties()
          .forEach(field -> assertTrue(field.getValue().has("description"), field.getKey()));
    }
  }

  @Test
  void schemaListsTheValuesOfTheCode() {
    List<String> kinds = codes(ConflictKind.values(), ConflictKind::code);
    assertEquals(kinds, texts("/$defs/kind/enum"));
    assertEquals(
        Stream.concat(kinds.stream(), Stream.of("none")).toList(),
        texts("/$defs/conflict/properties/kind/enum"));
    assertEquals(codes(Mode.values(), Mode::code), texts("/$defs/rule/properties/mode/enum"));
    assertEquals(
        codes(FormSpec.TokenPlace.values(), FormSpec.TokenPlace::code),
        texts("/$defs/forms/properties/tokenIn/enum"));
    assertEquals(
        codes(FormSpec.Resubmit.values(), FormSpec.Resubmit::code),
        texts("/$defs/forms/properties/resubmit/enum"));
    assertEquals(
        TagSpec.TIMEOUT_SECONDS,
        TEXT.at("/$defs/query/properties/timeoutSeconds/default").intValue());
  }

  private static <T> List<String> codes(T[] constants, Function<T, String> code) {
    return Arrays.stream(constants).map(code).toList();
  }

  private static List<String> texts(String place) {
    return StreamSupport.stream(TEXT.at(place).spliterator(), false)
        .map(JsonNode::textValue)
        .toList();
  }

  private static List<Arguments> examples(String resource) throws Exception {
    List<Arguments> examples = new ArrayList<>();
    try (InputStream in = RuleSchemaTest.class.getResourceAsStream(resource)) {
      for (String block : new String(in.readAllBytes(), UTF_8).split("\n\n")) {
        if (!block.startsWith("//")) {
          assertTrue(block.startsWith("# ") && block.contains("\n"), block);
          int end = block.indexOf('\n');
          String title = block.substring(2, end);
          examples.add(
              Arguments.of(title, title.contains(" reader-only: "), block.substring(end + 1)));
        }
      }
    }
    return examples;
  }

  private static JsonNode text() {
    try (InputStream in = RuleFile.class.getResourceAsStream("conflict-guard.schema.json")) {
      return MAPPER.readTree(in);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode parsed(String file) {
    try {
      return MAPPER.readTree(file);
    } catch (java.io.IOException e) {
      throw new AssertionError(file, e);
    }
  }

  private static JsonNode parsedOrNull(String file) {
    try {
      JsonNode node = MAPPER.readTree(file);
      return node.isMissingNode() ? null : node;
    } catch (java.io.IOException e) {
      return null;
    }
  }

  private static Rules read(String file) throws Exception {
    return RuleFile.read(new ByteArrayInputStream(file.getBytes(UTF_8)));
  }
}
