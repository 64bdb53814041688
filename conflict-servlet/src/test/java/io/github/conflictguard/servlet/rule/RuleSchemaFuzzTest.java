package io.github.conflictguard.servlet.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.conflictguard.servlet.match.InvalidRuleException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reader and the schema agree on values that no example has. */
class RuleSchemaFuzzTest {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNode TEXT = text();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(TEXT);

  /** A file that is accepted, with a place for one more field of an object. */
  private static final List<List<String>> PLACES =
      List.of(
          List.of("", "{'rules':[]%s}"),
          List.of("/$defs/rule", "{'rules':[{'name':'a','read':'/a','write':'/b'%s}]}"),
          List.of("/$defs/forms", "{'rules':[{'name':'a','read':'/a','forms':{'links':true%s}}]}"),
          List.of(
              "/$defs/answer",
              "{'rules':[{'name':'a','read':'/a','conflictResponses':[{'answer':'200','kind':'locked'%s}]}]}"),
          List.of(
              "/$defs/query",
              "{'rules':[{'name':'a','read':'/a','tag':{'source':'query','dataSource':'o',"
                  + "'sql':'s'%s}}]}"),
          List.of(
              "/$defs/native",
              "{'rules':[{'name':'a','read':'/a','tag':{'source':'native','field':'v'%s}}]}"),
          List.of(
              "/$defs/resolver",
              "{'rules':[{'name':'a','read':'/a','tag':{'source':'resolver','class':'a.B'%s}}]}"),
          List.of("/$defs/dataSource", "{'rules':[],'dataSources':{'o':{'url':'u'%s}}}"),
          List.of("/$defs/store", "{'rules':[],'store':{'dataSource':'o'%s}}"),
          List.of(
              "/$defs/conflict",
              "{'rules':[],'conflicts':[{'exception':'a.B','kind':'locked'%s}]}"));

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "-1",
          "1.5",
          "2.0",
          "1e2",
          "3000000000",
          "'x'",
          "'/x'",
          "''",
          "' '",
          "'\\n'",
          "'200'",
          "'412'",
          "'4xx'",
          "'302 /x'",
          "'302 x'",
          "'PUT /x'",
          "'a.B#c'",
          "'form'",
          "'counter'",
          "'none'",
          "'query'",
          "'token'",
          "'replay'",
          "'off'",
          "'FORWARD'",
          "'locked'",
          "'field'",
          "'{user}'",
          "'{'",
          "[]",
          "['x']",
          "['/x']",
          "['']",
          "[7]",
          "[null]",
          "[true]",
          "[[]]",
          "[{}]",
          "['200','302 /x']",
          "['REQUEST']",
          "{}",
          "{'x':1}",
          "{'x':'y'}",
          "{'x':{}}",
          "{'source':'body'}",
          "{'source':'query'}");

  static List<Arguments> fieldsAndValues() {
    List<Arguments> files = new ArrayList<>();
    for (List<String> place : PLACES) {
      String object = place.get(1);
      TEXT.at(place.get(0) + "/properties")
          .fieldNames()
          .forEachRemaining(
              field -> {
                // In place of what the accepted file has there.
                String others =
                    object.replaceAll(
                        "'" + field.replace("$", "\\$") + "':('[^']*'|true|\\[]),?", "");
                String base = object.contains("'" + field + "':") ? others : object;
                for (String value : VALUES) {
                  if (field.equals("message") && value.contains("{")) {
                    continue; // A schema cannot tell what is a regular expression.
                  }
                  String more = (base.contains("{%s") ? "" : ",") + "'" + field + "':" + value;
                  files.add(Arguments.of(base.replace("%s", more).replace(",,", ",")));
                }
              });
    }
    return files;
  }

  @ParameterizedTest
  @MethodSource("fieldsAndValues")
  void readerAndSchemaAgreeOnEveryFieldWithAnyValue(String file) throws Exception {
    assertAgreement(file.replace('\'', '"'));
  }

  @Property(tries = 2000)
  void readerAndSchemaAgreeOnPatternsOfRequests(@ForAll("requests") String text) throws Exception {
    assertAgreement(
        "{\"rules\":[{\"name\":\"a\",\"read\":" + MAPPER.writeValueAsString(text) + "}]}");
  }

  @Property(tries = 1000)
  void readerAndSchemaAgreeOnParametersThatSaveNothing(@ForAll("requests") String text)
      throws Exception {
    assertAgreement(
        "{\"rules\":[{\"name\":\"a\",\"read\":\"/a\",\"savesNothing\":"
            + MAPPER.writeValueAsString(text)
            + "}]}");
  }

  @Property(tries = 1000)
  void readerAndSchemaAgreeOnResponses(
      @ForAll("responses") String text, @ForAll boolean replaceable) throws Exception {
    assertAgreement(
        "{\"rules\":[{\"name\":\"a\",\"read\":\"/a\",\""
            + (replaceable ? "suspectResponses" : "failed")
            + "\":"
            + MAPPER.writeValueAsString(text)
            + "}]}");
  }

  @Property(tries = 1000)
  void readerAndSchemaAgreeOnTemplates(@ForAll("templates") String text) throws Exception {
    assertAgreement(
        "{\"rules\":[{\"name\":\"a\",\"read\":\"/{id}\",\"key\":"
            + MAPPER.writeValueAsString(text)
            + "}]}");
  }

  @Property(tries = 1000)
  void readerAndSchemaAgreeOnMethods(@ForAll("methods") String text) throws Exception {
    assertAgreement("{\"rules\":[],\"guarded\":" + MAPPER.writeValueAsString(text) + "}");
  }

  @Provide
  Arbitrary<String> requests() {
    return joined(
        "/",
        "/",
        "/",
        "a",
        "{id}",
        "{id:number}",
        "{user}",
        "{1}",
        "{a b}",
        "{",
        "}",
        "*",
        "/*",
        "?",
        "&",
        "=",
        " ",
        "PUT",
        "GET ",
        "|",
        "form.",
        "query.",
        ".",
        "-",
        ":",
        "\u00e9",
        "{}");
  }

  @Provide
  Arbitrary<String> responses() {
    return joined(
        "2", "4", "0", "00", "09", "12", "xx", "x", " ", "\t", "/", "*", "://", "a", "302 ", "409",
        "304", "5xx", "6", "1");
  }

  @Provide
  Arbitrary<String> templates() {
    return joined(
        "{id}",
        "{user}",
        "{session.",
        "{session.a}",
        "{session.a.b",
        "{",
        "}",
        ":number",
        ":",
        "1",
        ".",
        " ",
        "/",
        "{id:number}",
        "{}",
        "\u00e9");
  }

  @Provide
  Arbitrary<String> methods() {
    return joined(
        "a.B", "*", "**", "#", "save", "(", ")", "int", ",", " ", "\t", "lock=a", "tries=3", "=");
  }

  private static Arbitrary<String> joined(String... parts) {
    return Arbitraries.of(parts).list().ofMaxSize(8).map(list -> String.join("", list));
  }

  private static void assertAgreement(String file) throws Exception {
    String refused = null;
    try {
      RuleFile.read(new ByteArrayInputStream(file.getBytes(UTF_8)));
    } catch (InvalidRuleException e) {
      refused = e.getMessage();
    }
    assertEquals(
        SCHEMA.validate(MAPPER.readTree(file)).isEmpty(),
        refused == null,
        file + ": the reader says " + refused);
  }

  private static JsonNode text() {
    try (InputStream in = RuleFile.class.getResourceAsStream("conflict-guard.schema.json")) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
