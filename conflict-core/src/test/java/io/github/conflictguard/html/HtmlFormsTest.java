package io.github.conflictguard.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser would send, by the examples of the HTML standard and of old applications. */
class HtmlFormsTest {

  @Test
  void everyKindOfFieldHasTheValuesThatABrowserWouldSend() {
    FormSnapshot form =
        only(
            "<FORM METHOD=post ACTION='/save?a=1&amp;b=2' id=f name=n>"
                + "<input name=plain value='a &lt; b'>"
                + "<INPUT TYPE=HIDDEN NAME=id VALUE=7>"
                + "<input type=password name=secret value=known>"
                + "<input type=file name=upload>"
                + "<input type=checkbox name=box checked><input type=checkbox name=box value=2>"
                + "<input type=radio name=radio value=1 checked>"
                + "<input type=radio name=radio value=2 checked>"
                + "<textarea name=notes>\r\none\ntwo</textarea>"
                + "<select name=one><option disabled>no<option value=b>B<option>C</select>"
                + "<select name=open size=4><option>A</select>"
                + "<select name=many multiple><option selected>A<option>B<option selected>C"
                + "</select>"
                + "<input type=submit name=go value=Go><button name=other value=x>Other</button>"
                + "<input type=button name=script><input type=reset name=undo>"
                + "<input value=nameless></form>");

    assertEquals("POST", form.method());
    assertEquals("/save?a=1&b=2", form.action());
    assertEquals("f", form.id());
    assertEquals("n", form.name());
    assertEquals("application/x-www-form-urlencoded", form.enctype());
    assertEquals(
        List.of(
            "TEXT plain=[a < b]",
            "HIDDEN id=[7]",
            "PASSWORD secret=[]",
            "FILE upload=[]",
            "CHECKBOX box=[on]",
            "RADIO radio=[2]",
            "TEXTAREA notes=[one\r\ntwo]",
            "SELECT_ONE one=[b]",
            "SELECT_ONE open=[]",
            "SELECT_MANY many=[A, C]",
            "SUBMIT go=[Go]",
            "SUBMIT other=[x]"),
        fields(form));
  }

  @Test
  void fieldsOfOneNameAndKindAreOneField() {
    FormSnapshot form =
        only(
            "<form><input name=phone value=1><input name=x><input name=phone value=2>"
                + "<input type=hidden name=active value=0>"
                + "<input type=checkbox name=active value=1></form>");

    assertEquals(
        List.of("TEXT phone=[1, 2]", "TEXT x=[]", "HIDDEN active=[0]", "CHECKBOX active=[]"),
        fields(form));
    assertEquals(FieldKind.CHECKBOX, form.field("active").kind());
    assertNull(form.field("absent"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<table><tr><td>Name:</td><td><input name=f></td></tr></table>",
        "<table><tr><th>Name *</th><td><input type=hidden name=h><input name=f></td></tr></table>",
        "<table><tr><th>No</th><th>Name</th></tr><tr><td>1</td><td></td></tr>"
            + "<tr><td><input name=n></td><td><input name=f></td></tr></table>",
        "<table><tr><td>Name</td></tr><tr><td><select name=f><option>x</select></td></tr></table>",
        "<table><tr><td><label>Name</label></td><td><textarea name=f></textarea></td></tr></table>",
        "<dl><dt>Name</dt><dd><input name=f></dd></dl>",
        "<p>Name<br><input name=f></p>",
        "<div>Name</div><div><input name=f placeholder=hint></div>",
        "<label>Name</label> <input name=f title=hint>",
        "Name: <input name=f> <a href=h>Help</a>",
        "<input type=checkbox name=f value=1> Name<br>",
        "<input type=checkbox name=f value=1><label>Name</label>",
        "<table><tr><td>Name</td><td><input type=checkbox name=f value=true></td></tr></table>",
        "<label><input type=checkbox name=x> Other</label> Name <input name=f>",
        "<input type=checkbox id=o name=x><label for=o>Other</label><span>Name</span><input"
            + " name=f>",
        "<h2>Title</h2><fieldset><legend>Group</legend>Name <input name=f></fieldset>",
        "<table><tr><td>Name</td><td><input type=checkbox name=f></td></tr><tr><td>"
            + "<label for=o>Other</label></td><td><input id=o name=o></td></tr></table>",
        "<table><tr><td>Name</td><td><input type=checkbox name=f></td></tr><tr><td>Other</td><td>"
            + "<input name=o></td></tr></table>",
        "<p>Name <input type=checkbox name=f></p><p><label for=o>Other</label> <input id=o name=o>",
        "<p>Name <input type=checkbox name=f></p><p>Other <input name=o></p>",
        "<table><tr><td><input type=checkbox name=f></td><td>Name</td></tr></table>",
        "<dl><dt>Name</dt><dd><input type=checkbox name=f></dd><dt>Other</dt></dl>",
      })
  void withoutALabelTheTextBesideItNamesAField(String html) {
    assertEquals("Name", HtmlForms.read("<form>" + html + "</form>").get(0).field("f").label());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<h2>Title</h2><input name=f>",
        "<fieldset><legend>Group</legend><input name=f></fieldset>",
        "Other <input name=o><input name=f>",
        "<table><tr><td>Other</td><td><input name=o></td></tr><tr><td></td><td><input name=f>"
            + "</td></tr></table>",
        "<script>Name</script><input name=f>",
        "<a href=x>Help</a> <input name=f>",
        "<label for=o>Other</label> <input name=f> <input id=o name=o>",
        "<input type=checkbox name=f> <label for=o>Other</label> <input id=o name=o>",
        "<table><tr><td><input type=checkbox name=f></td></tr><tr><td>Other</td></tr></table>",
        "<fieldset><input type=checkbox name=f></fieldset>Other",
      })
  void textThatBelongsElsewhereNamesNoField(String html) {
    assertNull(HtmlForms.read("<form>" + html + "</form>").get(0).field("f").label());
  }

  @Test
  void radioButtonsHaveTheirQuestionAndTheirAnswers() {
    FormField field =
        HtmlForms.read(
                "<form><table><tr><td>Contact:</td><td><input type=radio name=r value=m> by mail"
                    + "<br><label><input type=radio name=r value=p> by phone</label></td></tr>"
                    + "</table></form>")
            .get(0)
            .field("r");
    assertEquals("Contact", field.label());
    assertEquals(
        List.of(FieldOption.of("m", "by mail"), FieldOption.of("p", "by phone")), field.options());
  }

  @Test
  void fieldsKnowTheirGroupAndFormsTheTitleOfTheirPage() {
    FormSnapshot form =
        HtmlForms.read(
                "<title> Customer &amp; Co </title><form><input name=a><fieldset><legend>Address"
                    + "</legend><input name=b><fieldset><input name=c></fieldset></fieldset>"
                    + "<input name=d></form>")
            .get(0);
    assertEquals("Customer & Co", form.title());
    assertNull(form.field("a").group());
    assertEquals("Address", form.field("b").group());
    assertEquals("Address", form.field("c").group());
    assertNull(form.field("d").group());
  }

  @Test
  void labelsComeFromThePage() {
    FormSnapshot form =
        only(
            "<form><label for=a> First\n name: </label><input id=a name=a>"
                + "<label>Second <input name=b> <b>name</b></label>"
                + "<input name=c aria-label=Third><input name=d placeholder=Fourth>"
                + "<input name=e title='F&uuml;nfter'><input name=g>"
                + "<input id=h name=h><label for=h>After</label>"
                + "<label><input type=radio name=r value=1>One</label>"
                + "<label><input type=radio name=r value=2>Two</label>"
                + "<label>Choice <select name=s><option value=1>Uno<option value=2>Due</select>"
                + "</label></form>");

    assertEquals("First name", form.field("a").label());
    assertEquals("Second name", form.field("b").label());
    assertEquals("Third", form.field("c").label());
    assertEquals("Fourth", form.field("d").label());
    assertEquals("Fünfter", form.field("e").label());
    assertNull(form.field("g").label());
    assertEquals("After", form.field("h").label());
    assertNull(form.field("r").label());
    assertEquals(
        List.of(FieldOption.of("1", "One"), FieldOption.of("2", "Two")), form.field("r").options());
    assertEquals("Choice", form.field("s").label());
    assertEquals(
        List.of(FieldOption.of("1", "Uno"), FieldOption.of("2", "Due")), form.field("s").options());
  }

  @Test
  void whatIsDisabledIsNotSent() {
    FormSnapshot form =
        only(
            "<form><input name=a disabled><fieldset disabled><legend><input name=b></legend>"
                + "<input name=c><fieldset><input name=d></fieldset></fieldset><input name=e>"
                + "<datalist><select name=l><option>1</select></datalist></form>");

    assertEquals(List.of("TEXT b=[]", "TEXT e=[]"), fields(form));
  }

  @Test
  void fieldsMaySayToWhichFormTheyBelong() {
    List<FormSnapshot> forms =
        HtmlForms.read(
            "<input name=a form=second><form id=first><input name=b><input name=c form=second>"
                + "</form><form id=second></form><input name=d form=first><input name=lost>");

    assertEquals(List.of("TEXT b=[]", "TEXT d=[]"), fields(forms.get(0)));
    assertEquals(List.of("TEXT a=[]", "TEXT c=[]"), fields(forms.get(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- <form><input name=x></form> -->",
        "<!--><!-- a > b <form> --!>",
        "<script>var a = '<form><input name=x></form>';</script>",
        "<script><!-- <script> </script> <form> --></script>",
        "<SCRIPT>if (a</b/) '<form>'</SCRIPT >",
        "<style><form></style>",
        "<title><form></title>",
        "<textarea><form></textarea>",
        "<iframe><form></iframe>",
        "<template><form><template></template></form></template>",
        "<!DOCTYPE html SYSTEM 'a'><?php <form ?>",
        "<![CDATA[ <form ]]>",
        "<div title='<form>'><p a=b<form></p>",
        "<svg><title/><style/></svg>",
        "<svg><![CDATA[ > <form> ]]></svg>",
        "< form> <\u00e4form> </ form>"
      })
  void whatABrowserDoesNotTakeForAFormIsNone(String hidden) {
    List<FormSnapshot> forms = HtmlForms.read(hidden + "<form action=real>");

    assertEquals(1, forms.size(), forms.toString());
    assertEquals("real", forms.get(0).action());
  }

  @Test
  void aFormEndsWithItsEndTagOrWithThePage() {
    List<FormSnapshot> forms =
        HtmlForms.read(
            "<table><form action=1><tr><td><input name=a></td></tr></form></table>"
                + "<input name=outside><form action=2><form action=nested><input name=b>"
                + "</body></html><input name=c>");

    assertEquals(2, forms.size());
    assertEquals(List.of("TEXT a=[]"), fields(forms.get(0)));
    assertEquals("2", forms.get(1).action());
    assertEquals(List.of("TEXT b=[]", "TEXT c=[]"), fields(forms.get(1)));
  }

  @Test
  void attributesMayBeOddlyWritten() {
    FormSnapshot form =
        only(
            "<form\n\tACTION = a/b?c=&copy=1&amp;d method=\"pOsT\" method=get enctype="
                + "multipart/form-data/><input/name='x'/value='1'value=2 checked/></form>");

    assertEquals("a/b?c=&copy=1&d", form.action());
    assertEquals("POST", form.method());
    assertEquals("application/x-www-form-urlencoded", form.enctype());
    assertEquals(List.of("TEXT x=[1]"), fields(form));
  }

  @Test
  void characterReferencesAreResolved() {
    FormSnapshot form =
        only(
            "<form><input name=a value='&#228;&#xE4;&auml;&auml &euro;&#128;&#x1F600;&#0;&no;&;'>"
                + "<input name=b value='&amp;lt; &notit; &ampx &lt='>"
                + "<textarea name=c>&copy=1 &nbsp;&apos;</textarea></form>");

    assertEquals("ääää €€\uD83D\uDE00\uFFFD&no;&;", form.field("a").values().get(0));
    assertEquals("&lt; &notit; &ampx &lt=", form.field("b").values().get(0));
    assertEquals("©=1 \u00A0'", form.field("c").values().get(0));
  }

  @Test
  void onlyTheFirstNewlineOfATextAreaIsLeftOut() {
    assertEquals(
        List.of("\r\nx\r\n"),
        only("<form><textarea name=a>\n\nx\n</textarea></form>").field("a").values());
    assertEquals(
        List.of(""), only("<form><textarea name=a>\n</textarea></form>").field("a").values());
  }

  @Test
  void aListThatWasNeverClosedIsAListToo() {
    assertEquals(
        List.of("SELECT_ONE a=[2]", "TEXT b=[]"),
        fields(only("<form><select name=a><option>1<option selected>2</select><input name=b>")));
    assertEquals(List.of("TEXTAREA a=[<b>x]"), fields(only("<form><textarea name=a><b>x")));
  }

  @Test
  void xhtmlIsReadAsXml() {
    List<FormSnapshot> forms =
        HtmlForms.readXhtml(
            "<?xml version='1.0'?><html><form action='empty'/><FORM action='other'/>"
                + "<script><![CDATA[ '<form>' ]]></script>"
                + "<form action='a'><textarea name='t'><![CDATA[a<b>&amp;]]> c</textarea>"
                + "<select name='s'><option/></select></form></html>");

    assertEquals(2, forms.size());
    assertEquals(List.of("TEXTAREA t=[a<b>&amp; c]", "SELECT_ONE s=[]"), fields(forms.get(1)));
  }

  @Test
  void aFormLeadsToAPathOfTheSameServer() {
    String page = "http://host:8080/app/customers/edit?id=7";

    assertEquals("/app/customers/edit?id=7", only("<form>").target(page));
    assertEquals("/app/customers/save", only("<form action=save#x>").target(page));
    assertEquals("/app/customers/edit?a=1", only("<form action='?a=1'>").target(page));
    assertEquals("/app/save?b", only("<form action='.././save?b'>").target(page));
    assertEquals("/save", only("<form action=/save>").target(page));
    assertEquals("/x", only("<form action=HTTP://HOST:8080/x>").target(page));
    assertEquals("/", only("<form action=//host:8080>").target(page));
    assertNull(only("<form action=http://other/x>").target(page));
    assertNull(only("<form action=javascript:go()>").target(page));
    assertNull(only("<form action=mailto:a@b>").target(page));
    assertEquals("/base/save", only("<base href=/base/><form action=save>").target(page));
    assertEquals("/app/save", only("<form action=save>").target("/app/edit"));
  }

  @Test
  void theCharsetIsThatOfTheFormOrOfThePage() {
    assertNull(only("<form>").charset());
    assertEquals(
        StandardCharsets.ISO_8859_1,
        only("<form accept-charset='no-such ISO-8859-1, UTF-8'>").charset());
    assertEquals(
        StandardCharsets.UTF_8,
        HtmlForms.read("<form>", false, StandardCharsets.UTF_8).get(0).charset());
  }

  @Test
  void aPageMayEndAnywhere() {
    String page =
        "<!-- c --><form action='a' x=y><label>L<select name=s><option>o</select></label>"
            + "<textarea name=t>&amp;</textarea><script><!--<script></script>--></script></form>";
    for (int end = 0; end <= page.length(); end++) {
      assertTrue(HtmlForms.read(page.substring(0, end)).size() <= 1);
    }
  }

  private static FormSnapshot only(String page) {
    List<FormSnapshot> forms = HtmlForms.read(page);
    assertEquals(1, forms.size(), forms.toString());
    return forms.get(0);
  }

  private static List<String> fields(FormSnapshot form) {
    return form.fields().stream().map(Object::toString).toList();
  }
}
