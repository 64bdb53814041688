package io.github.conflictguard.servlet.page;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The frame around everything that people get to see: self-contained, without script. */
public final class Page {

  private static final Pattern UNSEEN_LEGEND =
      Pattern.compile("<legend class=\"unseen\">[^\\n]*?</legend>\n?");

  private static final String FORM_ACTION = "form-action";
  private static final String FRAME_ANCESTORS = "frame-ancestors";

  /** What an application has said about its pages as a whole, and what holds for ours as well. */
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
   * A whole document.
   *
   * @param title plain text
   * @param content what is in {@code main}, below the title
   */
  public static byte[] write(Texts texts, String title, Markup content) {
    return write(texts, title, null, content);
  }

  /**
   * A whole document.
   *
   * @param title plain text
   * @param about what it is about, in a line of plain text; null when that is not known
   * @param content what is in {@code main}, below the title
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
   * Sets the headers that belong to such a document. The policy of the application would keep the
   * style sheet out, and is for pages with scripts; ours allows less. Where the application says
   * nothing of it, forms lead to its own server, and no other one shows the page in a frame.
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
   * Returns the document without its style sheet, for an application that puts it into a frame of
   * its own. The style sheet hides legends that repeat the label of a single box; they are left out.
   */
  public static byte[] undressed(byte[] page) {
    String text = new String(page, StandardCharsets.UTF_8);
    String plain = text.replace("<style>" + StyleSheet.TEXT + "</style>", "");
    return UNSEEN_LEGEND.matcher(plain).replaceAll("").getBytes(StandardCharsets.UTF_8);
  }

  /** Sets the headers of such a document: what the frame may load is the application's matter. */
  public static void setHeadersInFrame(Texts texts, HttpServletResponse response) {
    response.setHeader("Content-Language", texts.language());
    response.addHeader("Vary", "Accept-Language");
    if (response.getHeader(POLICY) == null && response.getHeader("X-Frame-Options") == null) {
      response.setHeader(POLICY, FRAME_ANCESTORS + " 'self'");
    }
  }

  /** The directive takes the place of the older header, and must not allow more. */
  private static String ancestors(HttpServletResponse response) {
    String frames = response.getHeader("X-Frame-Options");
    return frames != null && frames.trim().equalsIgnoreCase("DENY") ? "'none'" : "'self'";
  }

  /** Policies stay apart from each other: all of them have to be kept, the strictest one wins. */
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
