package io.github.conflictguard.servlet.page;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The layout of all pages for users: self-contained, without script. */
public final class Page {

  private static final Pattern UNSEEN_LEGEND =
      Pattern.compile("<legend class=\"unseen\">[^\\n]*?</legend>\n?");

  private static final String FORM_ACTION = "form-action";
  private static final String FRAME_ANCESTORS = "frame-ancestors";

  /**
   * The directives of the application's Content-Security-Policy that hold for the filter's pages as
   * well.
   */
  private static final Set<String> KEPT_DIRECTIVES =
      new HashSet<>(
          Arrays.asList(
              FRAME_ANCESTORS,
              FORM_ACTION,
              "report-uri",
              "report-to",
              "upgrade-insecure-requests"));

  private static final String POLICY = "Content-Security-Policy";

  private Page() {}

  /**
   * Returns a complete document.
   *
   * @param title plain text
   * @param content the content of {@code main}, below the title
   */
  public static byte[] write(Texts texts, String title, Markup content) {
    return write(texts, title, null, content);
  }

  /**
   * Returns a complete document.
   *
   * @param title plain text
   * @param about a line of plain text about the subject; null when it is not known
   * @param content the content of {@code main}, below the title
   */
  public static byte[] write(Texts texts, String title, @Nullable String about, Markup content) {
    Markup top = new Markup();
    if (about != null) {
      top.tag("<p class=\"about\">").text(about).tag("</p>\n");
    }
    Markup page =
        new Markup()
            .tag("<!DOCTYPE html>\n<html")
            .attribute("lang", texts.language())
            .tag(">\n<head>\n<meta charset=\"UTF-8\">\n")
            .tag("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .tag("<title>")
            .text(about == null ? title : title + " \u2013 " + about)
            .tag("</title>\n<style>")
            .tag(StyleSheet.TEXT)
            .tag("</style>\n</head>\n<body>\n<main>\n")
            .add(top)
            .tag("<h1>")
            .text(title)
            .tag("</h1>\n")
            .add(content)
            .tag("</main>\n</body>\n</html>\n");
    return page.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Sets the headers of such a document. The policy of the application would block the style sheet,
   * and is written for pages with scripts; the policy set here allows less. Unless the application
   * specifies otherwise, forms are sent to its own server, and no other server shows the page in a
   * frame.
   */
  public static void setHeaders(Texts texts, HttpServletResponse response) {
    StringBuilder kept = new StringBuilder();
    for (String header : response.getHeaders(POLICY)) {
      for (String policy : header.split(",", -1)) {
        appendKept(policy, kept);
      }
    }
    StringBuilder policies =
        new StringBuilder("default-src 'none'; style-src ")
            .append(StyleSheet.SOURCE)
            .append("; base-uri 'none'");
    String known = kept.toString().toLowerCase(Locale.ROOT);
    if (!known.contains(FORM_ACTION)) {
      policies.append("; " + FORM_ACTION + " 'self'");
    }
    if (!known.contains(FRAME_ANCESTORS)) {
      policies.append("; " + FRAME_ANCESTORS + ' ').append(ancestors(response));
    }
    policies.append(kept);
    response.setHeader(POLICY, policies.toString());
    response.setHeader("Content-Language", texts.language());
    response.addHeader("Vary", "Accept-Language");
  }

  /**
   * Returns the document without its style sheet, for an application that wraps it in its own
   * layout. Legends that repeat the label of a single box are omitted, because the style sheet
   * hides them.
   */
  public static byte[] undressed(byte[] page) {
    String text = new String(page, StandardCharsets.UTF_8);
    String plain = text.replace("<style>" + StyleSheet.TEXT + "</style>", "");
    return UNSEEN_LEGEND.matcher(plain).replaceAll("").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Sets the headers of a document in the application's layout: the application controls what the
   * page may load.
   */
  public static void setHeadersInFrame(Texts texts, HttpServletResponse response) {
    response.setHeader("Content-Language", texts.language());
    response.addHeader("Vary", "Accept-Language");
    if (response.getHeader(POLICY) == null && response.getHeader("X-Frame-Options") == null) {
      response.setHeader(POLICY, FRAME_ANCESTORS + " 'self'");
    }
  }

  /**
   * Returns the value of the directive that replaces the older header, and must not allow more than
   * it.
   */
  private static String ancestors(HttpServletResponse response) {
    String frames = response.getHeader("X-Frame-Options");
    return frames != null && frames.trim().equalsIgnoreCase("DENY") ? "'none'" : "'self'";
  }

  /**
   * Appends the kept directives of a policy. Policies stay separate: a browser enforces all of
   * them.
   */
  private static void appendKept(String policy, StringBuilder policies) {
    String separator = ", ";
    for (String directive : policy.split(";", -1)) {
      String name = directive.trim().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
      if (KEPT_DIRECTIVES.contains(name)) {
        policies.append(separator).append(directive.trim());
        separator = "; ";
      }
    }
  }
}
