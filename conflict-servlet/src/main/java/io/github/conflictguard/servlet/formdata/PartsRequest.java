package io.github.conflictguard.servlet.formdata;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request whose multipart form the container has parsed before the application runs. The
 * container has then decoded the text fields, possibly in another charset than the one that the
 * application's encoding filter will set: they are decoded again when the application requests
 * them.
 *
 * <p>Not thread-safe.
 */
final class PartsRequest extends HttpServletRequestWrapper {

  private final Map<String, List<byte[]>> texts;
  private final Set<String> files;
  private @Nullable String encoding;

  private PartsRequest(
      HttpServletRequest request, Map<String, List<byte[]>> texts, Set<String> files) {
    super(request);
    this.texts = texts;
    this.files = files;
  }

  static PartsRequest of(HttpServletRequest request, Collection<Part> parts) throws IOException {
    Map<String, List<byte[]>> texts = new LinkedHashMap<>();
    Set<String> files = new HashSet<>();
    for (Part part : parts) {
      String file = part.getSubmittedFileName();
      if (part.getName() == null) {
        continue;
      }
      if (file == null) {
        texts.computeIfAbsent(part.getName(), name -> new ArrayList<>(1)).add(bytes(part));
      } else if (!file.isEmpty() || part.getSize() > 0) {
        files.add(part.getName());
      }
    }
    return new PartsRequest(request, texts, files);
  }

  private static byte[] bytes(Part part) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = part.getInputStream()) {
      byte[] chunk = new byte[4096];
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        bytes.write(chunk, 0, length);
      }
    }
    return bytes.toByteArray();
  }

  /** Returns the text fields in UTF-8. */
  Map<String, String[]> fields() {
    return fields(StandardCharsets.UTF_8);
  }

  /** Returns the text fields, decoded with a charset. */
  Map<String, String[]> fields(Charset charset) {
    Map<String, String[]> fields = new LinkedHashMap<>();
    texts.forEach((name, values) -> fields.put(name, decoded(values, charset)));
    return fields;
  }

  /** Returns the names of fields with a file; browsers send an empty part if none was chosen. */
  Set<String> files() {
    return files;
  }

  @Override
  public @Nullable String getCharacterEncoding() {
    return encoding == null ? super.getCharacterEncoding() : encoding;
  }

  /** Stores the charset here: containers reject a charset once the body was read. */
  @Override
  public void setCharacterEncoding(String name) throws UnsupportedEncodingException {
    super.setCharacterEncoding(name);
    encoding = name;
  }

  /** Overrides a method of Servlet 6.1. */
  public void setCharacterEncoding(Charset charset) {
    encoding = charset.name();
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterValues(name);
    return values == null || values.length == 0 ? null : values[0];
  }

  /**
   * Returns the values. Those of the query or a forward come first (Servlet specification, 3.1).
   */
  @Override
  public String @Nullable [] getParameterValues(String name) {
    return again(name, super.getParameterValues(name));
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, String[]> all = new LinkedHashMap<>(super.getParameterMap());
    all.replaceAll(this::again);
    return Collections.unmodifiableMap(all);
  }

  /** Returns the values of a parameter, with those of the form decoded again. */
  private String @Nullable [] again(String name, String @Nullable [] known) {
    List<byte[]> own = texts.get(name);
    if (own == null || known == null || known.length < own.size()) {
      return known;
    }
    int others = known.length - own.size();
    String[] first = Arrays.copyOf(known, others);
    String[] last = Arrays.copyOfRange(known, own.size(), known.length);
    String[] ofQuery = QueryParameters.parse(getQueryString()).get(name);
    // Tomcat puts the fields first if it parses the form before it reads the query.
    boolean inFront =
        ofQuery == null
            || Arrays.equals(
                Arrays.copyOf(ofQuery, Math.min(others, ofQuery.length)),
                Arrays.copyOf(first, Math.min(others, ofQuery.length)));
    return QueryParameters.append(inFront ? first : last, decoded(own, charset()));
  }

  private Charset charset() {
    String named = getCharacterEncoding();
    try {
      if (named != null) {
        return Charset.forName(named);
      }
    } catch (IllegalArgumentException e) {
      // Treated as if no charset was declared.
    }
    return ContainerKind.of(ContainerKind.innermost(this)).formCharset();
  }

  private static String[] decoded(List<byte[]> values, Charset charset) {
    String[] decoded = new String[values.size()];
    for (int i = 0; i < decoded.length; i++) {
      decoded[i] = new String(values.get(i), charset);
    }
    return decoded;
  }
}
