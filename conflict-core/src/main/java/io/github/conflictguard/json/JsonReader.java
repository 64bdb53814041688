package io.github.conflictguard.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON (RFC 8259) in UTF-8, with comments as in Java permitted, to maps, lists, strings,
 * numbers and booleans. Limits the depth of nesting and the length of numbers.
 */
public final class JsonReader {

  private static final int MAX_DEPTH = 200;

  private final JsonText text;
  private int depth;

  private JsonReader(JsonText text) {
    this.text = text;
  }

  /**
   * Parses text in UTF-8.
   *
   * @return null for {@code null} and for text without a value; maps keep the order of the text
   * @throws JsonSyntaxException also if a name occurs twice in one object
   */
  public static @Nullable Object read(InputStream in) throws IOException, JsonSyntaxException {
    return parse(decoded(in));
  }

  /** Parses text that is already decoded. */
  public static @Nullable Object parse(String json) throws JsonSyntaxException {
    JsonText text = new JsonText(json);
    if (text.next() == JsonText.END) {
      return null;
    }
    Object value = new JsonReader(text).value();
    if (text.next() != JsonText.END) {
      throw new JsonSyntaxException(
          "line " + text.line() + ": something follows the end of the object");
    }
    return value;
  }

  private static String decoded(InputStream in) throws IOException, JsonSyntaxException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    for (int read = in.read(part); read >= 0; read = in.read(part)) {
      bytes.write(part, 0, read);
    }
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    CharBuffer chars = CharBuffer.allocate(bytes.size());
    CoderResult result = utf8.decode(ByteBuffer.wrap(bytes.toByteArray()), chars, true);
    ((java.nio.Buffer) chars).flip();
    String text = chars.toString();
    if (result.isError()) {
      throw JsonText.wrong(text, text.length(), "expected UTF-8");
    }
    // RFC 8259, section 8.1: a byte order mark may be ignored.
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private @Nullable Object value() throws JsonSyntaxException {
    int start = text.next();
    switch (start) {
      case '{':
      case '[':
        if (depth == MAX_DEPTH) {
          throw text.wrong("objects and arrays are nested deeper than " + MAX_DEPTH);
        }
        depth++;
        Object nested = start == '{' ? object() : array();
        depth--;
        return nested;
      case '"':
        return text.string();
      case 't':
        text.word("true");
        return true;
      case 'f':
        text.word("false");
        return false;
      case 'n':
        text.word("null");
        return null;
      default:
        return number();
    }
  }

  private Map<String, @Nullable Object> object() throws JsonSyntaxException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    text.take('{');
    if (!text.takes('}')) {
      do {
        if (text.next() != '"') {
          throw text.unexpected("the name of a field in double quotes");
        }
        String name = text.string();
        if (object.containsKey(name)) {
          throw text.wrong("Duplicate field '" + name + "'");
        }
        text.take(':');
        object.put(name, value());
      } while (text.takes(','));
      text.take('}', "',' or '}'");
    }
    return object;
  }

  private List<@Nullable Object> array() throws JsonSyntaxException {
    List<@Nullable Object> array = new ArrayList<>();
    text.take('[');
    if (!text.takes(']')) {
      do {
        array.add(value());
      } while (text.takes(','));
      text.take(']', "',' or ']'");
    }
    return array;
  }

  /**
   * Returns the smallest fitting type of Integer, Long and BigInteger; a BigDecimal if there is a
   * fraction or an exponent.
   */
  private Number number() throws JsonSyntaxException {
    String digits = text.number();
    if (digits.indexOf('.') >= 0 || digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0) {
      return new BigDecimal(digits);
    }
    BigInteger whole = new BigInteger(digits);
    if (whole.bitLength() < Integer.SIZE) {
      return whole.intValue();
    }
    return whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : whole;
  }
}
