package io.github.conflictguard.servlet.tag;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The selection of responses that get an entity tag; by default, those that programs read. */
public final class Taggable {

  /**
   * The types of streams that do not end, or that the client must receive while they are written.
   */
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
   * Returns whether a response to GET or HEAD gets a tag, by its status and headers.
   *
   * @return whether it is a 200 response, or a part of one, of a known type that is neither an HTML
   *     page nor a stream, may be stored, and was not served by a component with its own validators
   *     and ranges, such as the container's default servlet
   */
  public static boolean isTaggable(HttpServletResponse response) {
    return isSuccess(response)
        && isForPrograms(response.getContentType())
        && !response.containsHeader("Accept-Ranges")
        && !forbidsStoring(response);
  }

  /**
   * Returns whether a response to GET or HEAD that a rule covers gets a tag, by its status and
   * headers.
   *
   * @return whether it is a 200 response, or a part of one, that may be stored and is not a stream;
   *     HTML pages are included
   */
  public static boolean isTaggableByRule(HttpServletResponse response) {
    return isRepresentation(response) && !forbidsStoring(response);
  }

  /**
   * Returns whether a response to GET or HEAD whose tag does not come from its body gets that tag,
   * by its status and type.
   *
   * @return whether it is a 200 response, or a part of one, and not a stream
   */
  public static boolean isRepresentation(HttpServletResponse response) {
    return isSuccess(response) && !STREAMS.contains(type(response.getContentType()));
  }

  /** Returns whether a response is successful. A 206 carries the tag of the 200 (15.3.7). */
  private static boolean isSuccess(HttpServletResponse response) {
    int status = response.getStatus();
    return status == HttpServletResponse.SC_OK || status == HttpServletResponse.SC_PARTIAL_CONTENT;
  }

  private static boolean isForPrograms(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String type = type(contentType);
    // A page contains tokens, banners and names of other users, which do not belong to the
    // record.
    return !type.equals("text/html")
        && !type.equals("application/xhtml+xml")
        && !type.startsWith("multipart/")
        && !STREAMS.contains(type);
  }

  /** Returns whether the client must receive such a response while it is written. */
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
      // Containers create a list even for a missing header.
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
