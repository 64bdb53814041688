package io.github.conflictguard.servlet.tag;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which answers get an entity tag when no rule says so: those that programs read. */
public final class Taggable {

  /** Streams that never end, or that the client has to see while they are written. */
  private static final Set<String> STREAMS =
      new HashSet<>(
          Arrays.asList(
              "text/event-stream",
              "application/x-ndjson",
              "application/jsonl",
              "application/json-seq",
              "application/stream+json"));

  private static final Pattern JSON_OR_XML =
      Pattern.compile("(application|text)/([^/]*\\+)?(json|xml)");

  private Taggable() {}

  /**
   * Looks at status and headers of an answer to GET or HEAD.
   *
   * @return whether it is a 200, or a part of one, of a known type that is neither a page for
   *     people nor a stream, may be stored, and was not served by something that has validators and
   *     ranges of its own, such as the container's servlet for static files
   */
  public static boolean isTaggable(HttpServletResponse response) {
    return isSuccess(response)
        && isForPrograms(response.getContentType())
        && !response.containsHeader("Accept-Ranges")
        && !forbidsStoring(response);
  }

  /**
   * Looks at status and headers of an answer to GET or HEAD that a rule speaks of.
   *
   * @return whether it is a 200, or a part of one, that is no stream and may be stored; a page as
   *     well
   */
  public static boolean isTaggableByRule(HttpServletResponse response) {
    return isRepresentation(response) && !forbidsStoring(response);
  }

  /**
   * Looks at status and type of an answer to GET or HEAD whose tag does not come from its body.
   *
   * @return whether it is a 200, or a part of one, that is no stream
   */
  public static boolean isRepresentation(HttpServletResponse response) {
    return isSuccess(response) && !STREAMS.contains(type(response.getContentType()));
  }

  /** 15.3.7: a 206 carries the tag that the 200 would have. */
  private static boolean isSuccess(HttpServletResponse response) {
    int status = response.getStatus();
    return status == HttpServletResponse.SC_OK || status == HttpServletResponse.SC_PARTIAL_CONTENT;
  }

  private static boolean isForPrograms(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String type = type(contentType);
    // A page holds tokens, banners and other people's names: its bytes say nothing of the record.
    return !type.equals("text/html")
        && !type.equals("application/xhtml+xml")
        && !type.startsWith("multipart/")
        && !STREAMS.contains(type);
  }

  /** Returns whether the client has to see such an answer while it is written. */
  public static boolean isStream(@Nullable String contentType) {
    String type = type(contentType);
    return STREAMS.contains(type) || type.startsWith("multipart/");
  }

  /** Returns whether this is JSON or XML, of any vocabulary. */
  public static boolean isJsonOrXml(@Nullable String contentType) {
    return JSON_OR_XML.matcher(type(contentType)).matches();
  }

  private static String type(@Nullable String contentType) {
    if (contentType == null) {
      return "";
    }
    int semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
        .trim()
        .toLowerCase(Locale.ROOT);
  }

  private static boolean forbidsStoring(HttpServletResponse response) {
    if (response.getHeader("Cache-Control") == null) {
      // Containers make a list of what they have not got, too.
      return false;
    }
    for (String line : response.getHeaders("Cache-Control")) {
      if (line.toLowerCase(Locale.ROOT).contains("no-store")) {
        return true;
      }
    }
    return false;
  }
}
