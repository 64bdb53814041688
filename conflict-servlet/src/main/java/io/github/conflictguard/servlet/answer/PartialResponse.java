package io.github.conflictguard.servlet.answer;

import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.page.EarlierWriteText;
import io.github.conflictguard.servlet.page.Texts;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;

/**
 * The response to a partial request of JSF (Jakarta Faces 4.0, 13.4): a message that leaves the
 * page and all typed values unchanged.
 *
 * <p>Its status is 200: the scripts of Mojarra and MyFaces discard a response with any other
 * status, without a notice to the user in production. Nor do they show an {@code <error>}.
 */
final class PartialResponse {

  static final String MEDIA_TYPE = "text/xml;charset=UTF-8";

  private PartialResponse() {}

  static boolean isAskedFor(HttpServletRequest request) {
    return "partial/ajax".equals(request.getHeader("Faces-Request"));
  }

  static byte[] write(ProblemDetail problem, Texts texts) {
    String earlier = EarlierWriteText.of(problem, texts);
    String message =
        texts.title(problem.type())
            + "\n\n"
            + texts.detail(problem.type())
            + (earlier == null ? "" : "\n\n" + earlier);
    // No white space between the elements: the scripts take the first node for the first element.
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<partial-response><changes><eval><![CDATA["
            + "alert(\""
            + escaped(message)
            + "\");]]></eval></changes></partial-response>")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Escapes a text for a string of JavaScript in any context. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() * 2);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == ' ' || c == '.');
      escaped.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return escaped.toString();
  }
}
