package io.github.conflictguard.servlet.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import io.github.conflictguard.servlet.rewrite.CodeUnits;
import io.github.conflictguard.servlet.rewrite.WriterUnits;
import io.github.conflictguard.servlet.rule.RuleFile;
import io.github.conflictguard.servlet.rule.Rules;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FormRewriterTest {

  private static final String RULE =
      "{\"rules\": [{\"name\": \"r\", \"read\": \"/edit?id={id}\", \"write\": \"POST"
          + " /save?id={id}\", \"key\": \"r/{id}\", \"tag\": \"form\", \"forms\": {\"tokenIn\":"
          + " \"TOKEN_IN\"}}]}";

  private static final String[] PIECES = {
    "<form method=post action=/save>",
    "<FORM method='post' action=\"/save\" id=f>",
    "<form method=post action=/save enctype=multipart/form-data>",
    "</form>",
    "<input name=id value=1>",
    "<button formaction=/save>",
    "<button form=f formaction='/save?id=2'>b</button>",
    "<!-- <form> -->",
    "<script>'<form>'</script>",
    "<p title='<form method=post action=/save>'>",
    "<textarea><form>",
    "</textarea>",
    "<a href='<form'>",
    "text",
    "<",
    "<fo",
    "</form",
    "<table><tr><td>x</td>",
    "<base href=/>",
    "<label for=n>Name</label>",
    "<meta charset=utf-8>",
    "\u20ac",
    "<svg><form>",
    "</svg>",
    "<p a='"
  };

  private final HttpServletRequest request =
      mock(HttpServletRequest.class, withSettings().stubOnly());

  @BeforeEach
  void request() {
    when(request.getMethod()).thenReturn("GET");
    when(request.getRequestURI()).thenReturn("/edit");
    when(request.getRequestURL()).thenAnswer(call -> new StringBuffer("http://localhost/edit"));
    when(request.getQueryString()).thenReturn("id=1");
    when(request.getContextPath()).thenReturn("");
    when(request.getServletPath()).thenReturn("/edit");
    when(request.getDispatcherType()).thenReturn(DispatcherType.REQUEST);
    when(request.getRemoteAddr()).thenReturn("127.0.0.1");
    when(request.getHeaderNames()).thenAnswer(call -> Collections.emptyEnumeration());
    when(request.getHeaders(anyString())).thenAnswer(call -> Collections.emptyEnumeration());
  }

  @Test
  void pageIsTheSameAsIfItWereParsedFromItsStart() throws Exception {
    int rewritten = 0;
    for (String place : List.of("field", "query")) {
      Page page = new Page(place);
      for (int seed = 0; seed < 1500; seed++) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(12);
        for (int i = 0; i < pieces; i++) {
          text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        String whole = text.toString();
        String expected = written(page::parsed, whole, new Random(seed));
        assertEquals(expected, written(page::late, whole, new Random(seed)), whole);
        rewritten += expected.equals(whole) ? 0 : 1;
      }
    }
    assertTrue(rewritten > 500, "pages with tokens: " + rewritten);
  }

  @Test
  void pageWithoutAFormIsPassedAtOnce() throws Exception {
    BodyRewriter late = new Page("field").late();
    StringBuilder out = new StringBuilder();
    late.rewrite("<table><p title='a", out);
    assertEquals("<table><p title='a", out.toString());
    late.end(out);
    assertEquals("<table><p title='a", out.toString());
  }

  @Test
  void formAfterALongTextGetsItsToken() throws Exception {
    String before = "<p>text</p>".repeat(100_000);
    String form = "<form method=post action='/save'><input name=id value=1>";
    String page = written(new Page("field")::late, before + form + "</form>", new Random(1));
    assertTrue(page.startsWith(before + form + "<input type=\"hidden\""));
    assertFalse(page.startsWith(before + form + "</form>"));
  }

  private static String written(Supplier<BodyRewriter> rewriter, String page, Random random) {
    BodyRewriter used = rewriter.get();
    StringBuilder all = new StringBuilder();
    StringBuilder out = new StringBuilder();
    int most = random.nextBoolean() ? 3 : page.length();
    for (int from = 0; from < page.length(); ) {
      int to = Math.min(page.length(), from + 1 + random.nextInt(most));
      used.rewrite(page.substring(from, to), out);
      all.append(out);
      out.setLength(0);
      from = to;
    }
    used.end(out);
    return all.append(out).toString();
  }

  /** One view of one page, whose tokens are the same each time. */
  private final class Page {

    private final Forms forms;
    private final PageView origin = new PageView(7, 1, 2, 3, 4, null, false, true, null);

    Page(String tokenIn) throws Exception {
      byte[] file = RULE.replace("TOKEN_IN", tokenIn).getBytes(UTF_8);
      Rules rules = RuleFile.read(new ByteArrayInputStream(file));
      forms =
          new Forms(
              rules, new WriteCounters(64), List.of("a secret of at least 16 characters"), null);
    }

    private FormTokenInserter inserter() {
      return new FormTokenInserter(forms, request, origin, new PageUrl(request), null);
    }

    BodyRewriter parsed() {
      return new FormRewriter(units(), false, inserter());
    }

    BodyRewriter late() {
      return FormRewriter.of(units(), false, inserter());
    }

    private CodeUnits units() {
      return WriterUnits.create();
    }
  }
}
