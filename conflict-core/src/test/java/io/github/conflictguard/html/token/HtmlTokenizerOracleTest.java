package io.github.conflictguard.html.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jsoup.parser.JsoupTags;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tokenizer finds the start tags, attributes, end tags and text that jsoup finds, except for
 * what {@link Difference} lists.
 */
class HtmlTokenizerOracleTest {

  /** Ends what may be open: jsoup reads on for tags in text that nothing ends. */
  private static final String END =
      "</script></script></title></textarea></style></xmp></iframe></noembed></noframes>";

  /** What makes text of tags and tags of text. */
  private static final String[] FRAGMENTS = {
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<form>",
    "</form>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "<b>",
    "</b>",
    "<a href=x/>",
    "</a>",
    "<br/>",
    "</br>",
    "<option>",
    "<button>",
    "<img src=a/>",
    "<template>",
    "</template>",
    "<head>",
    "<body>",
    "</body>",
    "</html>",
    "<desc>",
    "<mi>",
    "<input name=a>",
    "<input name='b' value=\"x>y\"/>",
    "<a b=c'd\"e/f>",
    "<a/b/c=d>",
    "<a =b>",
    "<a b = c>",
    "<a b='\n'>",
    "<A B=C b=d>",
    "<a b>",
    "<a b=>",
    "<a b=\"c\"d=e>",
    "<a 'b>",
    "<a \"=\">",
    "<a<b>",
    "<a <b=c>",
    "<a\nb\tc\f>",
    "<h1>",
    "</h1 x=y>",
    "<x-y:z>",
    "<a \u00e9>",
    "<textarea>",
    "</textarea>",
    "<textarea/>",
    "<title>",
    "</title>",
    "<title/>",
    "<script>",
    "</script>",
    "<script/>",
    "<SCRIPT>",
    "</ScRiPt>",
    "</script x='>'>",
    "<style>",
    "</style>",
    "<plaintext>",
    "<noframes>",
    "</noframes>",
    "<iframe>",
    "</iframe>",
    "<xmp>",
    "</xmp>",
    "<noembed>",
    "</noembed>",
    "</noembed/>",
    "<!--",
    "-->",
    "--!>",
    "<!-",
    "--",
    "-",
    "<!>",
    "<!doctype html>",
    "<!DOCTYPE html PUBLIC \"a>b\">",
    "<?x ?>",
    "<!x>",
    "</ >",
    "</>",
    "</1>",
    "<1",
    "< ",
    "<",
    ">",
    "/",
    "x",
    "\n",
    " ",
    "\t",
    "=",
    "'",
    "\"",
    "!",
    "?"
  };

  /** Elements of drawings and formulas, and the places in them that hold HTML. */
  private static final String[] ELEMENTS = {
    "svg",
    "math",
    "g",
    "mrow",
    "foreignObject",
    "desc",
    "title",
    "mi",
    "mtext",
    "annotation-xml",
    "annotation-xml encoding='text/html'",
    "annotation-xml encoding=\"application/XHTML+xml\""
  };

  private static final String[] LEAVES = {
    "<path/>",
    "<path></path>",
    "<circle/></circle>",
    "<textarea><q></textarea>",
    "<style><q></style>",
    "<xmp><g></xmp>",
    "<iframe><g></iframe>",
    "<input name=a />",
    "<svg/>",
    "<math/>",
    "x",
    "<!--<q>-->",
    "<font></font>",
    "<textarea/></textarea>"
  };

  private static final String CLOSE = "close";

  /** See {@link Difference#SCRIPT_THAT_A_SCRIPT_HIDES_IN_THE_BODY}; about one page in 100. */
  private static final Pattern HIDDEN_SCRIPT = Pattern.compile("(?is)<script.*<!--.*<script");

  static List<Arguments> corpus() throws Exception {
    List<Arguments> pages = new ArrayList<>();
    try (InputStream in = HtmlTokenizerOracleTest.class.getResourceAsStream("odd-pages.txt")) {
      for (String block : new String(in.readAllBytes(), UTF_8).split("(?m)^# ")) {
        int end = block.indexOf('\n');
        if (end > 0) {
          pages.add(Arguments.of(block.substring(0, end), block.substring(end + 1)));
        }
      }
    }
    return pages;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corpus")
  void oddPageHasTheTagsThatJsoupFinds(String name, String page) {
    assertEquals(lines(JsoupTags.of(page)), lines(tags(page)));
  }

  @ParameterizedTest
  @EnumSource
  void differenceIsAsExplained(Difference difference) {
    assertEquals(difference.tags, String.join(" ", tags(difference.page)));
    assertNotEquals(difference.tags, String.join(" ", JsoupTags.of(difference.page)));
  }

  @Property(tries = 3000)
  void fragmentsInAnyOrderHaveTheTagsThatJsoupFinds(@ForAll("fragments") List<String> fragments) {
    String page = String.join("", fragments) + END;
    if (!HIDDEN_SCRIPT.matcher(page).find()) {
      assertEquals(lines(JsoupTags.of(page)), lines(tags(page)));
    }
  }

  @Property(tries = 3000)
  void nestedDrawingsAndFormulasHaveTheTagsThatJsoupFinds(@ForAll("steps") List<String> steps) {
    String page = nested(steps) + END;
    assertEquals(lines(JsoupTags.of(page)), lines(tags(page)));
  }

  @ParameterizedTest
  @ValueSource(ints = {63, 64, 65, 200})
  void drawingEndsWhereItEndsHoweverDeepItIs(int depth) {
    String page =
        "<svg>"
            + "<g>".repeat(depth)
            + "<style><q></style>"
            + "</g>".repeat(depth)
            + "<style><q></style></svg><style><q></style>";
    assertEquals(lines(JsoupTags.of(page)), lines(tags(page)));
  }

  /** However a page is cut, the same is found: there is no look-ahead. */
  @Property(tries = 300)
  void pageThatIsBeingWrittenHasTheTagsOfTheWhole(@ForAll("fragments") List<String> fragments) {
    Listener listener = new Listener();
    HtmlTokenizer tokenizer = HtmlTokenizer.ofAllTags(listener);
    fragments.forEach(tokenizer::accept);
    assertEquals(tags(String.join("", fragments)), listener.found);
  }

  /** Tags that do nothing to forms are left out, and nothing else. */
  @Property(tries = 300)
  void controlsAreTheSameWhereOtherTagsAreLeftOut(@ForAll("fragments") List<String> fragments) {
    String page = String.join("", fragments);
    Listener all = new Listener();
    HtmlTokenizer.ofAllTags(all).accept(page);
    Listener few = new Listener();
    HtmlTokenizer.ofForms(few, false, true).accept(page);
    assertEquals(controls(all.tags), controls(few.tags));
  }

  /** However long the parts are in which a page is read, the same is found and no more. */
  @Property(tries = 1000)
  void tagsThatArePassedAsAWholeArePassedCharacterByCharacterToo(
      @ForAll("fragments") List<String> fragments,
      @ForAll boolean links,
      @ForAll @IntRange(min = 2, max = 60) int length) {
    String page = String.join("", fragments);
    assertEquals(
        read(page, 1, listener -> HtmlTokenizer.ofForms(listener, false, links)),
        read(page, length, listener -> HtmlTokenizer.ofForms(listener, false, links)));
    assertEquals(
        read(page, 1, listener -> new HtmlTokenizer(listener, false)),
        read(page, length, listener -> new HtmlTokenizer(listener, false)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<td <form>x",
        "<td a='<form>' b=\"<form>\">x",
        "<td a=<form>x",
        "<td '<form>'>x",
        "<td =<form>x",
        "<td a = '>'<form>x",
        "<td/a/<form>x",
        "<td a=/><form>x",
        "<td\f<form>x",
        "<TD><FORM>x",
        "<tD A='",
        "<td a='><form>",
        "<td<form><form>x",
        "</td <form>><form>x",
        "<form-x><form>x",
        "<f><forms><for><form>x"
      })
  void tagThatIsNotReportedEndsWhereItEnds(String page) {
    assertEquals(
        read(page, 1, listener -> HtmlTokenizer.ofForms(listener, false, false)),
        read(page, 100, listener -> HtmlTokenizer.ofForms(listener, false, false)));
  }

  private static List<String> read(
      String page, int length, Function<HtmlListener, HtmlTokenizer> tokenizer) {
    Listener listener = new Listener();
    HtmlTokenizer reading = tokenizer.apply(listener);
    for (int i = 0; i < page.length(); i += length) {
      String part = page.substring(i, Math.min(page.length(), i + length));
      if (length == 1) {
        reading.accept(part.charAt(0));
      } else {
        reading.accept(part);
      }
    }
    listener.add("");
    return listener.found;
  }

  private static List<String> controls(List<String> tags) {
    return tags.stream()
        .filter(tag -> tag.matches("(?s)</?(form|input|select|option|textarea|button)[ >].*"))
        .toList();
  }

  @Provide
  Arbitrary<List<String>> fragments() {
    return Arbitraries.of(FRAGMENTS).list().ofMinSize(1).ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<String>> steps() {
    return Arbitraries.oneOf(
            Arbitraries.of(ELEMENTS), Arbitraries.of(LEAVES), Arbitraries.just(CLOSE))
        .list()
        .ofMinSize(1)
        .ofMaxSize(20);
  }

  /** A page of elements that are all closed in their order. */
  private static String nested(List<String> steps) {
    StringBuilder page = new StringBuilder("<body>");
    Deque<String> open = new ArrayDeque<>();
    for (String step : steps) {
      if (step.equals(CLOSE)) {
        page.append(open.isEmpty() ? "" : open.pop());
      } else if (step.equals("<path/>") && open.peek() != null && isPlace(open.peek())) {
        page.append("path"); // An element of HTML there, which nothing closes.
      } else if (List.of(LEAVES).contains(step)) {
        page.append(step);
      } else {
        page.append('<').append(step).append('>');
        open.push("</" + step.replaceAll(" .*", "") + '>');
      }
    }
    open.forEach(page::append);
    return page.toString();
  }

  private static boolean isPlace(String endTag) {
    return endTag.matches("</(foreignObject|desc|title|mi|mtext|annotation-xml)>");
  }

  private static List<String> tags(String page) {
    Listener listener = new Listener();
    HtmlTokenizer.ofAllTags(listener).accept(page);
    return listener.found;
  }

  /** So that a failure shows the tag that differs. */
  private static String lines(List<String> tags) {
    return String.join("\n", tags);
  }

  /** What differs from jsoup, and why that is right or does not matter. */
  enum Difference {
    /** 13.2.5.42: only in foreign content. jsoup reads it anywhere. */
    CDATA_SECTION_IN_HTML_IS_A_COMMENT("<p><![CDATA[<b>]]><i>", "<p {}> ]]><i {}>"),

    /** 13.2.5.2: no end tag, no end. jsoup is lenient, a browser is not. */
    TEXT_THAT_NOTHING_ENDS_GOES_ON("<textarea><b>", "<textarea {}>"),

    /** 13.2.5.11: the second {@code <} is read again as text, which may begin the end tag. */
    END_TAG_DIRECTLY_BEHIND_THE_BEGINNING_OF_ANOTHER(
        "<title></textarea</title><b>", "<title {}> </textarea</title> <b {}>"),

    /** 13.2.5.26: the name is compared in lower case. */
    SCRIPT_THAT_A_SCRIPT_HIDES_IN_UPPER_CASE(
        "<script><!--<SCRIPT></script></script><b>",
        "<script {}> <!--<SCRIPT></script></script> <b {}>"),

    /** 13.2.6.4.7 reads scripts in the body as those in the head. */
    SCRIPT_THAT_A_SCRIPT_HIDES_IN_THE_BODY(
        "<p><script><!--<script></script></script><b>",
        "<p {}> <script {}> <!--<script></script></script> <b {}>"),

    /** 13.2.6.5: the tokenizer stays as it is for foreign elements. */
    SCRIPT_IN_A_DRAWING_IS_NO_RAW_TEXT(
        "<svg><script><g></script></svg>", "<svg {}> <script {}> <g {}> </script> </svg>"),

    /** 13.2.6.5: such elements end a drawing. jsoup goes on in the drawing behind them. */
    ELEMENT_THAT_ENDS_A_DRAWING(
        "<svg><div></div><style><q></style>", "<svg {}> <div {}> </div> <style {}> <q></style>"),

    /** 13.2.6.5, in the same list: end tags. */
    END_TAG_THAT_ENDS_A_DRAWING(
        "<svg></p><style><q></style>", "<svg {}> </p> <style {}> <q></style>"),

    /**
     * The standard has dropped the insertion mode "in select", in which nearly all tags were
     * ignored; browsers follow one after the other.
     */
    TEXT_IN_A_SELECT(
        "<select><style><q></style></select>", "<select {}> <style {}> <q></style> </select>"),

    /** 13.2.6.4.20 ignores all other tags. Nothing of it is shown, so nothing can be sent. */
    TEXT_IN_A_FRAMESET(
        "<frameset><style><q></style></frameset>",
        "<frameset {}> <style {}> <q></style> </frameset>"),

    /** 13.2.5.3: raw text for browsers with scripts, and tags for others, as jsoup is one. */
    NOSCRIPT_ENDS_WITH_ITS_END_TAG(
        "<noscript><!--</noscript><b>-->", "<noscript {}> </noscript> <b {}>"),

    /** Elements of HTML are not followed, so their end tags are taken to fit. */
    STRAY_END_TAG_IN_A_DRAWING(
        "<svg></div><style><q></style></svg>", "<svg {}> </div> <style {}> <q></style> </svg>"),

    /** For the same reason. A browser ignores the end tag of a place that holds an open element. */
    ELEMENT_LEFT_OPEN_IN_A_PLACE_FOR_HTML(
        "<svg><desc><u></desc><style><q></style></svg>",
        "<svg {}> <desc {}> <u {}> </desc> <style {}> <q {}> </style> </svg>");

    final String page;
    final String tags;

    Difference(String page, String tags) {
      this.page = page;
      this.tags = tags;
    }
  }

  private static final class Listener implements HtmlListener {

    final List<String> found = new ArrayList<>();
    final List<String> tags = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public void startTag(StartTag tag) {
      Map<String, String> attributes = new LinkedHashMap<>(tag.attributes());
      add(JsoupTags.start(tag.name(), attributes, tag.isSelfClosing()));
    }

    @Override
    public void endTag(String name) {
      add("</" + name + '>');
    }

    @Override
    public void text(char c) {
      text.append(c);
    }

    @Override
    public void text(String page, int from, int to) {
      text.append(page, from, to);
    }

    private void add(String tag) {
      found.add(text + tag);
      tags.add(tag);
      text.setLength(0);
    }
  }
}
