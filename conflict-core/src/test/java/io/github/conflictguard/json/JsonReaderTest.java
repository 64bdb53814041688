package io.github.conflictguard.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
          .build();

  @Test
  void valuesAreReadAsTheyAreWritten() throws Exception {
    assertEquals(
        Map.of(
            "text", "a\"\\/\b\f\n\r\t\u00e4\ud83d\ude00",
            "numbers", List.of(0, -1, 4294967296L, new BigInteger("99999999999999999999")),
            "words", List.of(true, false),
            "nested", Map.of("", List.of(List.of(), Map.of()))),
        read(
            "\ufeff// first\n{\"text\": \"a\\\"\\\\\\/\\b\\f\\n\\r\\t\u00e4\\ud83d\\uDE00\","
                + " /* * / // */ \"numbers\": [0, -1, 4294967296, 99999999999999999999],"
                + "\"words\":[true,false],\"nested\":{\"\":[[],{}]}} // last"));
    assertNull(read("null"));
    assertNull(read(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{'a': 1,} # line 1, column 9: no JSON: expected the name of a field in double quotes,"
            + " found '}'",
        "{'a': 1 'b': 2} # line 1, column 9: no JSON: expected ',' or '}', found '\"'",
        "{'a' 1} # line 1, column 6: no JSON: expected ':', found '1'",
        "[1 2] # line 1, column 4: no JSON: expected ',' or ']', found '2'",
        "[1, # line 1, column 4: no JSON: expected a value, found the end",
        "[tru] # line 1, column 2: no JSON: expected a value, found 't'",
        "[01] # line 1, column 3: no JSON: '1' follows a number",
        "['a # line 1, column 4: no JSON: expected \" at the end of the string",
        "['\\x'] # line 1, column 4: no JSON: expected one of \"\\/bfnrtu after '\\'",
        "['\\u12g4'] # line 1, column 4: no JSON: expected four hexadecimal digits after \\u",
        "[/ 1] # line 1, column 2: no JSON: expected // or /* at the beginning of a comment",
        "[] /* # line 1, column 4: no JSON: expected */ at the end of the comment",
        "{} {} # line 1: something follows the end of the object",
      })
  void messageNamesPlaceAndWhatIsExpected(String json, String message) {
    JsonSyntaxException e = assertThrows(JsonSyntaxException.class, () -> read(quoted(json)));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void deepNestingIsRefused(String start) {
    JsonSyntaxException e =
        assertThrows(JsonSyntaxException.class, () -> read(start.repeat(100_000)));
    assertTrue(e.getMessage().endsWith("objects and arrays are nested deeper than 200"));
  }

  /** Every text is JSON for both or for neither, and means the same. */
  @Test
  void mutatedTextMeansTheSameAsToJackson() throws Exception {
    String valid =
        "{\"a\": [1, -2.50, 3e2, 0, true, false, null], // c\n \"b\": {\"c\\u00e4\\n\": \"x\"},"
            + " /* d */ \"e\": \"\\\"\\\\\"}";
    String alphabet = "{}[]\":,/*\\0129-+.eEutfn \n\tx";
    Random random = new Random(16);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(valid);
      for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
        int at = random.nextInt(text.length());
        char with = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, with);
          case 1 -> text.insert(at, with);
          default -> text.deleteCharAt(at);
        }
      }
      String json = text.toString();
      Object expected = byJackson(json);
      assertEquals(expected, ours(json), json);
      accepted += expected == Refused.REFUSED ? 0 : 1;
    }
    assertTrue(accepted > 1000 && accepted < 19_000, accepted + " accepted");
  }

  @Test
  void valueIsWrittenAsItIsRead() throws Exception {
    String json = "{\"a\":[1,-2.50,true,null,{\"b\":[]},{}],\"c\":{\"d\":\"\\\"\"},\"e\":[[],[0]]}";
    JsonWriter writer = new JsonWriter();
    writer.value(JsonReader.parse(json));
    assertEquals(json, new String(writer.toBytes(), StandardCharsets.UTF_8));
  }

  private enum Refused {
    REFUSED
  }

  private static Object byJackson(String json) throws Exception {
    try {
      return JACKSON.readValue(json, Object.class);
    } catch (JsonProcessingException e) {
      return Refused.REFUSED;
    }
  }

  private static Object ours(String json) throws Exception {
    try {
      return read(json);
    } catch (JsonSyntaxException e) {
      return Refused.REFUSED;
    }
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private static Object read(String json) throws Exception {
    return JsonReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
