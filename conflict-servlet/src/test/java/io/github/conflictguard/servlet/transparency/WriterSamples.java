package io.github.conflictguard.servlet.transparency;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** Bodies by the writer: its charset, its halves of characters, its many ways to print. */
final class WriterSamples {

  private static final String TEXT = "[\"M\u00fcller \u20ac \ud83d\ude00\"]";

  private WriterSamples() {}

  static void addTo(Corpus corpus) {
    corpus
        .tagged("writer-without-charset", (q, r) -> json(r).write(TEXT))
        .tagged("writer-with-charset", (q, r) -> typed(r, "charset=utf-8").write(TEXT))
        .tagged("writer-in-latin-1", (q, r) -> typed(r, "charset=ISO-8859-1").write(TEXT))
        .tagged("writer-in-ascii", (q, r) -> typed(r, "charset=US-ASCII").write(TEXT))
        .tagged("writer-in-utf-16", (q, r) -> typed(r, "charset=UTF-16").write(TEXT))
        .tagged("writer-in-windows-1252", (q, r) -> typed(r, "charset=windows-1252").write(TEXT))
        .tagged("writer-of-plain-text", (q, r) -> text(r, "text/plain").write(TEXT))
        .tagged("writer-charset-set-before", WriterSamples::charsetBefore)
        .tagged("writer-charset-set-after", WriterSamples::charsetAfter)
        .tagged("writer-type-set-after", WriterSamples::typeAfter)
        .tagged("writer-type-with-charset-set-after", WriterSamples::typeWithCharsetAfter)
        .tagged("writer-locale-before", (q, r) -> localized(r, Locale.JAPAN).write(TEXT))
        .tagged("writer-locale-after", WriterSamples::localeAfter)
        .tagged("writer-sees-its-charset", (q, r) -> seeCharset(r))
        .tagged("writer-of-halves-utf-8", (q, r) -> halves(typed(r, "charset=utf-8")))
        .tagged("writer-of-halves-latin-1", (q, r) -> halves(typed(r, "charset=iso-8859-1")))
        .tagged("writer-of-halves-windows", (q, r) -> halves(typed(r, "charset=windows-1252")))
        .tagged("writer-of-halves-utf-16", (q, r) -> halves(typed(r, "charset=utf-16be")))
        .tagged("writer-of-a-lone-half", (q, r) -> json(r).write("a\ud83db"))
        .tagged("writer-ends-with-a-half", (q, r) -> json(r).write("a\ud83d"))
        .taggedAndReframed("writer-of-a-pair-at-8192", (q, r) -> pairAt(json(r), 8_191))
        .taggedAndReframed("writer-of-latin-pair-at-8192", WriterSamples::latinPair)
        .tagged("writer-prints-values", (q, r) -> printValues(json(r)))
        .tagged("writer-formats", (q, r) -> json(r).format("%d %s", 1, "a").printf("%n"))
        .tagged(
            "writer-formats-numbers", (q, r) -> localized(r, Locale.GERMANY).printf("%.2f", 1.5))
        .tagged("writer-formats-by-locale", WriterSamples::formatByLocale)
        .tagged("writer-appends", (q, r) -> json(r).append("ab").append('c').append("xdx", 1, 2))
        .tagged("writer-of-nothing", (q, r) -> json(r).write(""))
        .tagged("writer-asked-for-only", (q, r) -> json(r))
        .tagged("writer-closed", (q, r) -> closeAfter(json(r), TEXT))
        .tagged("writer-written-after-close", WriterSamples::writeAfterClose)
        .tagged("writer-twice-the-same", (q, r) -> json(r).print(r.getWriter() == r.getWriter()))
        .tagged("writer-then-stream", WriterSamples::streamAfterWriter)
        .taggedAndReframed("writer-one-below-the-limit", (q, r) -> fill(json(r), 39_999))
        .taggedAndReframed("writer-at-the-limit", (q, r) -> fill(json(r), 40_000))
        .untagged("writer-one-above-the-limit", (q, r) -> fill(json(r), 40_001))
        .taggedAndReframed("writer-of-20000-umlauts", (q, r) -> umlauts(json(r), 20_000))
        .untagged("writer-of-20001-umlauts", (q, r) -> umlauts(json(r), 20_001))
        .untagged("writer-of-3-megabytes", (q, r) -> fill(json(r), 3_000_000))
        .untagged("writer-of-html", (q, r) -> text(r, "text/html").write(TEXT))
        .untagged("writer-without-type", (q, r) -> r.getWriter().write(TEXT))
        .tagged("writer-in-an-unknown-charset", WriterSamples::unknownCharset);
  }

  static PrintWriter json(HttpServletResponse response) throws IOException {
    return text(response, "application/json");
  }

  private static PrintWriter typed(HttpServletResponse response, String charset)
      throws IOException {
    return text(response, "application/json;" + charset);
  }

  private static PrintWriter text(HttpServletResponse response, String type) throws IOException {
    response.setContentType(type);
    return response.getWriter();
  }

  private static PrintWriter localized(HttpServletResponse response, Locale locale)
      throws IOException {
    response.setLocale(locale);
    return text(response, "text/plain");
  }

  private static void charsetBefore(Object request, HttpServletResponse response)
      throws IOException {
    response.setCharacterEncoding("ISO-8859-15");
    json(response).write(TEXT);
  }

  private static void charsetAfter(Object request, HttpServletResponse response)
      throws IOException {
    PrintWriter out = json(response);
    response.setCharacterEncoding("ISO-8859-15");
    out.write(TEXT);
  }

  private static void typeAfter(Object request, HttpServletResponse response) throws IOException {
    PrintWriter out = response.getWriter();
    response.setContentType("application/json");
    out.write(TEXT);
  }

  private static void typeWithCharsetAfter(Object request, HttpServletResponse response)
      throws IOException {
    PrintWriter out = json(response);
    response.setContentType("text/plain;charset=utf-16");
    out.write(TEXT);
  }

  private static void localeAfter(Object request, HttpServletResponse response) throws IOException {
    PrintWriter out = text(response, "text/plain");
    response.setLocale(Locale.JAPAN);
    out.write(TEXT);
  }

  private static void seeCharset(HttpServletResponse response) throws IOException {
    PrintWriter out = json(response);
    out.println(response.getCharacterEncoding());
    out.println(response.getContentType());
  }

  private static void halves(PrintWriter out) {
    out.write("a\ud83d");
    out.write("\ude00b");
    out.print('\ud83d');
    out.print('\ude00');
  }

  private static void pairAt(PrintWriter out, int position) {
    out.write("x".repeat(position));
    out.write("\ud83d\ude00");
    out.write("\ud83d\ude00".repeat(1_000));
  }

  private static void latinPair(Object request, HttpServletResponse response) throws IOException {
    pairAt(typed(response, "charset=iso-8859-1"), 8_191);
  }

  private static void printValues(PrintWriter out) {
    out.print(true);
    out.print('c');
    out.print(1);
    out.print(2L);
    out.print(1.5f);
    out.print(2.5d);
    out.print(new char[] {'x', 'y'});
    out.print((String) null);
    out.print((Object) "object");
    out.println();
    out.println(true);
    out.println('c');
    out.println(1);
    out.println(2L);
    out.println(1.5f);
    out.println(2.5d);
    out.println(new char[] {'x', 'y'});
    out.println("text");
    out.println((Object) "object");
    out.write('z');
    out.write(new char[] {'1', '2', '3'}, 1, 1);
    out.write("123", 1, 1);
  }

  private static void formatByLocale(Object request, HttpServletResponse response)
      throws IOException {
    json(response).printf(Locale.GERMANY, "%.2f", 1.5).format(Locale.FRANCE, "%,d", 1_000_000);
  }

  private static void closeAfter(PrintWriter out, String text) {
    out.write(text);
    out.close();
  }

  private static void writeAfterClose(Object request, HttpServletResponse response)
      throws IOException {
    PrintWriter out = json(response);
    closeAfter(out, "{}");
    out.write("more");
  }

  private static void streamAfterWriter(Object request, HttpServletResponse response)
      throws IOException {
    PrintWriter out = json(response);
    try {
      response.getOutputStream();
    } catch (IllegalStateException e) {
      out.print("refused");
    }
  }

  private static void fill(PrintWriter out, int length) {
    for (int left = length; left > 0; left -= 1_000) {
      out.write("x".repeat(Math.min(left, 1_000)));
    }
  }

  private static void umlauts(PrintWriter out, int count) {
    for (int i = 0; i < count; i++) {
      out.write('\u00fc');
    }
  }

  private static void unknownCharset(Object request, HttpServletResponse response)
      throws IOException {
    try {
      response.setContentType("application/json;charset=no-such");
      response.getWriter().write("written");
    } catch (IOException | IllegalArgumentException e) {
      response.reset();
      json(response).write(e.getClass().getSimpleName());
    }
  }
}
