package io.github.conflictguard.servlet.exchange;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a multipart form (RFC 7578), without its files. */
public final class MultipartFields {

  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|([^\\s;]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("(?:^|[;\\s])name=(?:\"([^\"]*)\"|([^\\s;]*))", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE =
      Pattern.compile("(?:^|[;\\s])filename\\*?=", Pattern.CASE_INSENSITIVE);

  private MultipartFields() {}

  /** What is not well-formed has no fields. A part that was cut off is left out. */
  public static Map<String, List<String>> of(byte[] body, String contentType, Charset charset) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      return fields;
    }
    String divider = "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
    String all = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
    int start = all.indexOf("\r\n" + divider);
    while (start >= 0) {
      int from = all.indexOf("\r\n", start + 2 + divider.length());
      int end = from < 0 ? -1 : all.indexOf("\r\n" + divider, from);
      if (end >= 0) {
        add(all.substring(from, end), charset, fields);
      }
      start = end;
    }
    return fields;
  }

  private static void add(String part, Charset charset, Map<String, List<String>> fields) {
    int head = part.indexOf("\r\n\r\n");
    if (head < 0) {
      return;
    }
    for (String line : part.substring(0, head).split("\r\n", -1)) {
      Matcher name = NAME.matcher(line);
      if (line.regionMatches(true, 0, "Content-Disposition:", 0, "Content-Disposition:".length())
          && !FILE.matcher(line).find()
          && name.find()) {
        String raw = name.group(1) == null ? name.group(2) : name.group(1);
        // As browsers escape it (HTML 4.10.21.8).
        String decoded =
            decode(raw, charset).replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
        fields
            .computeIfAbsent(decoded, key -> new ArrayList<>())
            .add(decode(part.substring(head + 4), charset));
      }
    }
  }

  private static String decode(String bytes, Charset charset) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), charset);
  }
}
