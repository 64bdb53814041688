package io.github.conflictguard.servlet.formdata;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of a multipart form (RFC 7578), without its files. */
public final class MultipartFields {

  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|([^\\s;]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("(?:^|[;\\s])name=(?:\"([^\"]*)\"|([^\\s;]*))", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE =
      Pattern.compile("(?:^|[;\\s])filename\\*?=", Pattern.CASE_INSENSITIVE);

  /** Matches what browsers send if no file was chosen. */
  private static final Pattern NO_FILE =
      Pattern.compile("(?:^|[;\\s])filename=(?:\"\"|(?=\\s*(?:;|$)))", Pattern.CASE_INSENSITIVE);

  private MultipartFields() {}

  /** Returns the fields of a body; none if it is malformed. A truncated part is omitted. */
  public static Map<String, List<String>> of(byte[] body, String contentType, Charset charset) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    each(
        body,
        contentType,
        charset,
        (name, disposition, content) -> {
          if (!FILE.matcher(disposition).find()) {
            fields.computeIfAbsent(name, key -> new ArrayList<>()).add(decode(content, charset));
          }
        });
    return fields;
  }

  /** Returns the names of the fields for which a file was chosen: one with a name or content. */
  static Set<String> filesIn(byte[] body, String contentType, Charset charset) {
    Set<String> files = new HashSet<>();
    each(
        body,
        contentType,
        charset,
        (name, disposition, content) -> {
          boolean none = NO_FILE.matcher(disposition).find() && content.isEmpty();
          if (FILE.matcher(disposition).find() && !none) {
            files.add(name);
          }
        });
    return files;
  }

  /** Returns the boundary in the type of a multipart body; null for other types. */
  static @Nullable String boundaryOf(String contentType) {
    boolean multipart = contentType.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
    Matcher boundary = BOUNDARY.matcher(multipart ? contentType : "");
    return !boundary.find()
        ? null
        : boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
  }

  private static void each(byte[] body, String contentType, Charset charset, Consumer consumer) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      return;
    }
    String divider = "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
    String all = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
    int start = all.indexOf("\r\n" + divider);
    while (start >= 0) {
      int from = all.indexOf("\r\n", start + 2 + divider.length());
      int end = from < 0 ? -1 : all.indexOf("\r\n" + divider, from);
      if (end >= 0) {
        pass(all.substring(from, end), charset, consumer);
      }
      start = end;
    }
  }

  private static void pass(String part, Charset charset, Consumer consumer) {
    int head = part.indexOf("\r\n\r\n");
    if (head < 0) {
      return;
    }
    for (String line : part.substring(0, head).split("\r\n", -1)) {
      Matcher name = NAME.matcher(line);
      if (line.regionMatches(true, 0, "Content-Disposition:", 0, "Content-Disposition:".length())
          && name.find()) {
        String raw = name.group(1) == null ? name.group(2) : name.group(1);
        // As browsers escape it (HTML 4.10.21.8).
        String decoded =
            decode(raw, charset).replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
        consumer.accept(decoded, line, part.substring(head + 4));
      }
    }
  }

  private static String decode(String bytes, Charset charset) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), charset);
  }

  /** A consumer of the parts, whose content is not decoded. */
  private interface Consumer {

    void accept(String name, String disposition, String content);
  }
}
