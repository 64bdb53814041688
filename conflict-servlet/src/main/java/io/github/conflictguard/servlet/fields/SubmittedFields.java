package io.github.conflictguard.servlet.fields;

import io.github.conflictguard.html.FormStartTag;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import io.github.conflictguard.servlet.formdata.MultipartFields;
import io.github.conflictguard.servlet.formdata.MultipartForm;
import io.github.conflictguard.servlet.formdata.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a submitted form, read when the application does not receive the request. */
public final class SubmittedFields {

  private SubmittedFields() {}

  /**
   * Reads the body of a request, unless it is too long. Files are omitted.
   *
   * @param ofPage the charset of the page with the form; null when it is not known
   * @return the values by name, without those of the filter; null when the body is too long
   */
  public static @Nullable Map<String, List<String>> of(
      HttpServletRequest request, @Nullable Charset ofPage) throws IOException {
    if (request instanceof BufferedRequest && ((BufferedRequest) request).unseen() != null) {
      return asRead((BufferedRequest) request);
    }
    Map<String, String[]> parsed =
        MultipartForm.parsedIn(request, ofPage == null ? StandardCharsets.UTF_8 : ofPage);
    if (parsed != null) {
      return withoutToken(parsed);
    }
    byte[] body = BufferedRequest.bodyOf(request);
    if (body == null) {
      return null;
    }
    Charset charset = charset(request, ofPage, body);
    Map<String, List<String>> sent =
        type(request).startsWith(FormStartTag.MULTIPART)
            ? MultipartFields.of(body, String.valueOf(request.getContentType()), charset)
            : urlencoded(body, charset);
    sent.remove(TokenField.NAME);
    return sent;
  }

  /** Returns the content type of a request in lower case; empty when it has none. */
  public static String type(HttpServletRequest request) {
    String type = request.getContentType();
    return type == null ? "" : type.toLowerCase(Locale.ROOT);
  }

  private static Map<String, List<String>> urlencoded(byte[] body, Charset charset) {
    return lists(QueryParameters.parse(body, charset));
  }

  /** Returns the fields that the container has parsed; null when the body is too long. */
  private static @Nullable Map<String, List<String>> asRead(BufferedRequest request) {
    if (request.unseen() == BufferedRequest.Unseen.TOO_LONG) {
      return null;
    }
    return withoutToken(request.fields());
  }

  private static Map<String, List<String>> withoutToken(Map<String, String[]> fields) {
    Map<String, List<String>> sent = lists(fields);
    sent.remove(TokenField.NAME);
    return sent;
  }

  private static Map<String, List<String>> lists(Map<String, String[]> parameters) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    parameters.forEach((name, values) -> lists.put(name, new ArrayList<>(Arrays.asList(values))));
    return lists;
  }

  /**
   * Returns the charset of the page if it is known: browsers use it whatever charset the
   * application sets.
   */
  private static Charset charset(
      HttpServletRequest request, @Nullable Charset ofPage, byte[] body) {
    if (ofPage != null) {
      return ofPage;
    }
    String said = request.getCharacterEncoding();
    if (said != null) {
      try {
        return Charset.forName(said);
      } catch (IllegalArgumentException e) {
        // An unsupported charset is ignored.
      }
    }
    byte[] plain = unescaped(body);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain));
      return StandardCharsets.UTF_8;
    } catch (CharacterCodingException e) {
      return Charset.forName("windows-1252");
    }
  }

  private static byte[] unescaped(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    StringBuilder plain = new StringBuilder(text.length());
    QueryParameters.parse(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1)
        .forEach((name, values) -> plain.append(name).append(String.join("", values)));
    return plain.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
