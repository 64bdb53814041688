package io.github.conflictguard.servlet.form;

import static io.github.conflictguard.servlet.growth.Growth.assertLinear;

import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.html.LinkAttribute;
import io.github.conflictguard.html.LinkTarget;
import io.github.conflictguard.html.token.CharacterReferences;
import io.github.conflictguard.servlet.fields.IgnoredFields;
import io.github.conflictguard.servlet.formdata.MultipartFields;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and forms are read in time proportional to their length, whatever they are made of. */
class FormGrowthTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`` | <",
        "`` | </",
        "`` | <a ",
        "`` | &",
        "`` | &amp",
        "`` | <!--",
        "<!-- | --",
        "<!-- | `--!`",
        "<![CDATA[ | ]]",
        "<? | ?",
        "<a | ` b=c`",
        "<a | ` b`",
        "<a | /",
        "<a b=\" | &#1",
        "<form>| <input name=a value=1>",
        "<form>| <select name=a><option>x",
        "<form><select name=a> | <option selected value=1>x</option>",
        "<form><select name=a> | <optgroup><option>",
        "<form>| <textarea name=a>x",
        "<form><textarea name=a> | </textare",
        "<form><textarea name=a> | &lt",
        "<form>| <label for=x>a:</label><input id=x name=b>",
        "<form><label> | `a `",
        "<form>| <fieldset disabled><input name=a>",
        "<form>| <fieldset><legend><input name=a>",
        "<form>| <button name=a>b",
        "`` | <form></form>",
        "`` | <form action=/x><input name=a value=b></form>",
        "`` | <form id=f><input form=f name=a></form>",
        "<form id=f></form> | <input form=g name=a>",
        "<script> | <!--<script>",
        "<script> | </scrip",
        "`` | <svg>",
        "`` | <svg><foreignobject>",
        "`` | <template>",
      })
  void page(String start, String part) {
    assertLinear(
        "page, " + start.replace('|', '/') + part,
        10_000,
        size -> start + part.repeat(size),
        page -> HtmlForms.read(page).size());
  }

  @Test
  void controlsThatNameTheirForms() {
    assertLinear(
        "page, forms and controls that name them",
        5_000,
        size -> {
          StringBuilder page = new StringBuilder();
          for (int i = 0; i < size; i++) {
            page.append("<form id=f").append(i).append("></form><input name=a form=f").append(i);
            page.append('>');
          }
          return page;
        },
        page -> HtmlForms.read(page).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"&", "&#", "&#x", "&am", "&amp;", "&#1;", "&aaaaaaaaaaaaaaaaaaaaaaaaa"})
  void references(String part) {
    assertLinear(
        "references, " + part,
        50_000,
        part::repeat,
        text -> CharacterReferences.resolve(text, true).length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n",
        "--b\r\n",
        "\r\n",
        "\r\n--",
        "--b\r\n\r\n\r\n",
        "--b\r\nContent-Disposition: name=\""
      })
  void partsOfAMultipartForm(String part) {
    assertLinear(
        "multipart, " + part.replace("\r\n", "."),
        5_000,
        size -> part.repeat(size).getBytes(StandardCharsets.ISO_8859_1),
        body -> {
          String type = "multipart/form-data; boundary=b";
          return MultipartFields.of(body, type, StandardCharsets.UTF_8).size();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {";name=", ";name=\"", ";filename", " ", "name=\"a\";"})
  void headerOfAPart(String part) {
    assertLinear(
        "header of a part, " + part,
        25_000,
        size ->
            ("--b\r\nContent-Disposition: form-data" + part.repeat(size) + "\r\n\r\n1\r\n--b")
                .getBytes(StandardCharsets.ISO_8859_1),
        body -> {
          String type = "multipart/form-data; boundary=b";
          return MultipartFields.of(body, type, StandardCharsets.UTF_8).size();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {" b", " b=c", "#", "?", "&#", " "})
  void linkThatGetsAParameter(String part) {
    assertLinear(
        "link, " + part,
        25_000,
        size ->
            "<a x='"
                + part.repeat(size)
                + "'"
                + part.repeat(size)
                + " href='"
                + part.repeat(size)
                + "'>",
        tag -> {
          StringBuilder text = new StringBuilder(tag);
          LinkAttribute.append(text, "href", "a=b", "", "c");
          return text.length();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"../", "a/../", "./", "/", "a/", "?", "#", ":"})
  void targetOfALink(String part) {
    assertLinear(
        "target, " + part,
        25_000,
        part::repeat,
        text -> String.valueOf(LinkTarget.of("/app/page?x", "/app/", text)).length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.faces.", "_hf_"})
  void nameOfAField(String part) {
    IgnoredFields ignored = new IgnoredFields(Set.of("a.*", "b*"));
    assertLinear(
        "ignored field, " + part, 50_000, part::repeat, name -> ignored.contain(name) ? 1 : 0);
  }
}
