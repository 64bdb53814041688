package io.github.conflictguard.servlet.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.conflictguard.servlet.match.InvalidRuleException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a rules file is said with its rule and field, and with what would be right. */
class RuleFileTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "[] # the file is []; accepted is an object",
        "{'rules':{}} # the file, field 'rules' is {}; accepted are lists of rules",
        "{'rules':[],'x':1} # the file has the unknown field 'x'; accepted are [$schema, conflicts, dataSources, fields, guarded, overrides, rules, store]",
        "{'rules':[7]} # rule 1 is 7; accepted is an object",
        "{'rules':[{}]} # rule 1 lacks the field 'name'",
        "{'rules':[{'name':'a','read':'/a'},{'name':'a','read':'/b'}]}"
            + " # rule 2 'a', field 'name' is 'a'; accepted are names that no other rule has",
        "{'rules':[{'name':'a'}]} # rule 'a' has neither the field 'read' nor the field 'write'",
        "{'rules':[{'name':'a','read':'a'}]}"
            + " # rule 1 'a', field 'read': 'a' is not a path; accepted are /path, /path/{variable}"
            + " and /path/*",
        "{'rules':[{'name':'a','read':'get /a'}]} # rule 1 'a', field 'read': 'get' are not methods;"
            + " accepted are names such as PUT, divided by |",
        "{'rules':[{'name':'a','read':'/{user}'}]} # rule 1 'a', field 'read': '{user}' is not a"
            + " variable; accepted are {name} and {name:number}, where the name is made of letters,"
            + " digits, _ and -, and is not 'user'",
        "{'rules':[{'name':'a','read':'/{a}{b}'}]} # rule 1 'a', field 'read': '/{a}{b}' has two"
            + " variables side by side: nothing tells where the first one ends",
        "{'rules':[{'name':'a','read':'/a?'}]} # rule 1 'a', field 'read': '' names no parameter;"
            + " accepted are name, name=value and name={variable}",
        "{'rules':[{'name':'a','read':'/a/{x}','write':'/b','key':'k/{x}'}]}"
            + " # rule 1 'a', field 'key' refers to {x}, which not every pattern of 'read' and"
            + " 'write' captures; captured are [], and {user} and {session.attribute} are always"
            + " there",
        "{'rules':[{'name':'a','read':'/a/{x}','write':'/b','label':'Customer {x}'}]}"
            + " # rule 1 'a', field 'label' refers to {x}, which not every pattern of 'read' and"
            + " 'write' captures; captured are [], and {user} and {session.attribute} are always"
            + " there",
        "{'rules':[{'name':'a','read':'/a','key':'{'}]}"
            + " # rule 1 'a', field 'key': '{' has a { without its }",
        "{'rules':[{'name':'a','read':'/a','key':'{a b}'}]}"
            + " # rule 1 'a', field 'key': '{a b}' is not a reference; accepted are {variable}, {user}"
            + " and {session.attribute}, each with :number at its end where SQL needs a number",
        "{'rules':[{'name':'a','read':'/a','mode':'on'}]}"
            + " # rule 1 'a', field 'mode' is 'on'; accepted are [off, observe, protect]",
        "{'rules':[{'name':'a','read':'/a','dispatch':['FORWARD','ERROR']}]} # rule 1 'a', field"
            + " 'dispatch' is [FORWARD, ERROR]; accepted are [REQUEST, FORWARD], and lists of them",
        "{'rules':[{'name':'a','read':'/a','required':'yes'}]}"
            + " # rule 1 'a', field 'required' is 'yes'; accepted are true, false and 'token'",
        "{'rules':[{'name':'a','read':'/a','serialize':1}]}"
            + " # rule 1 'a', field 'serialize' is 1; accepted are true and false",
        "{'rules':[{'name':'a','read':'/a','required':'token'}]}"
            + " # rule 1 'a', field 'required' is 'token'; accepted are true and false where"
            + " 'forms' is false",
        "{'rules':[{'name':'a','write':'/a','savesNothing':7}]} # rule 1 'a', field 'savesNothing'"
            + " is 7; accepted are a text and a list of texts",
        "{'rules':[{'name':'a','write':'/a','savesNothing':'do={x}'}]} # rule 1 'a', field"
            + " 'savesNothing' is 'do={x}'; accepted are true, false, and a list of parameters such"
            + " as back and do=look",
        "{'rules':[{'name':'a','read':'/a','earlyNotModified':true}]}"
            + " # rule 1 'a', field 'earlyNotModified' is true; accepted are false, and true with the tags"
            + " counter, query and resolver",
        "{'rules':[{'name':'a','read':'/a','lockTimeoutMillis':-1}]}"
            + " # rule 1 'a', field 'lockTimeoutMillis' is -1; accepted are whole numbers from 0 to"
            + " 2147483647",
        "{'rules':[{'name':'a','read':'/a','tag':'hash'}]} # rule 1 'a', field 'tag', field"
            + " 'source' is 'hash'; accepted are [application, body, counter, form, native, none, query, resolver]",
        "{'rules':[{'name':'a','read':'/a','tag':{'source':'query','dataSource':'x'}}]}"
            + " # rule 1 'a', field 'tag' lacks the field 'sql'",
        "{'rules':[{'name':'a','read':'/a','tag':{'source':'query','dataSource':'x','sql':'y',"
            + "'timeoutSeconds':0}}]} # rule 1 'a', field 'tag', field 'timeoutSeconds' is 0;"
            + " accepted are whole numbers from 1 to 2147483647",
        "{'rules':[{'name':'a','read':'/a','tag':{'source':'counter','sql':'x'}}]}"
            + " # rule 1 'a', field 'tag' has the unknown field 'sql'; accepted are [source]",
        "{'rules':[{'name':'a','read':['/a',3]}]}"
            + " # rule 1 'a', field 'read' is [/a, 3]; accepted are a text and a list of texts",
        "{'rules':[{'name':'a','read':'/a','forms':{'conflictPage':'conflict.jsp'}}]}"
            + " # rule 1 'a', field 'forms', field 'conflictPage' is 'conflict.jsp'; accepted are a"
            + " path inside the web application that begins with /",
        "{'rules':[{'name':'a','read':'/a/{x'}]} # rule 1 'a', field 'read': '/a/{x' has a brace"
            + " outside of a variable; accepted are /path, /path/{variable} and /path/*",
        "{'rules':[{'name':'a','read':'/a','key':null}]} # rule 1, field 'key' is null; accepted is"
            + " a value, or an object without the field",
        "{'rules':[],'dataSources':{'o':{'url':'u','password':7}}} # data source 'o', field"
            + " 'password' is 7; accepted are text",
        "{'rules':[{'name':'a','read':'/a','forms':{'once':'off'}}]} # rule 1 'a', field 'forms' has"
            + " the field 'once', which is now called 'resubmit', and its value 'off' is now"
            + " 'allow'",
        "{'rules':[{'name':'a','write':'/a','idempotencyKey':'optional'}]} # rule 1 'a', field"
            + " 'idempotencyKey' is 'optional'; accepted are [accepted, required]",
        "{'rules':[{'name':'a','write':'/a','once':'off'}]} # rule 1 'a', field 'once' is 'off';"
            + " accepted are true and false",
        "{'rules':[{'name':'a','read':'/a','reads':'/a'}]} # rule 1 'a' has the unknown field"
            + " 'reads'; accepted are [allowInternalGet, conflictResponses, description, dispatch, earlyNotModified, failed, forms,"
            + " idempotencyKey, key, label, lockTimeoutMillis, mode, name, once, read, required, savesNothing, serialize,"
            + " stored, suspectResponses, tag, withoutStore, write]",
        "{'rules':[],'store':{}} # field 'store' lacks the field 'dataSource'",
        "{'rules':[],'store':{'dataSource':'o','prefix':'a.b'}} # field 'store', field 'prefix': the"
            + " prefix 'a.b' is not a plain identifier; accepted are up to 20 letters, digits and _",
        "{'rules':[{'name':'a','write':'/a','withoutStore':'wait'}]} # rule 1 'a', field"
            + " 'withoutStore' is 'wait'; accepted are [refuse, local]",
        "{'rules':[],'dataSources':{'o':{}}} # data source 'o' lacks the field 'url'",
        "{'rules':[{'name':'a','write':'/a','suspectResponses':'ok'}]} # rule 1 'a', field 'suspectResponses':"
            + " 'ok' is not an answer; accepted are 200, 4xx, 302 /path/* and the like, * standing for"
            + " anything",
        "{'rules':[{'name':'a','write':'/a','suspectResponses':['200','409']}]} # rule 1 'a', field"
            + " 'suspectResponses': '409' is an answer that is never replaced; accepted are others than"
            + " [304, 409, 412, 428]",
        "{'rules':[{'name':'a','write':'/a','suspectResponses':'302 list'}]} # rule 1 'a', field"
            + " 'suspectResponses': 'list' is not a location; accepted are paths inside the web application,"
            + " which begin with /, whole addresses of other servers, and either with *",
        "{'rules':[{'name':'a','write':'/a','conflictResponses':'302'}]} # rule 1 'a', field 'conflictResponses' is"
            + " '302'; accepted are lists of objects",
        "{'rules':[{'name':'a','write':'/a','conflictResponses':[{'answer':'302'}]}]} # rule 1 'a', field"
            + " 'conflictResponses', number 1 lacks the field 'kind'",
        "{'rules':[{'name':'a','write':'/a','conflictResponses':[{'answer':'302','kind':'duplicate'}]}]} #"
            + " rule 1 'a', field 'conflictResponses', number 1, field 'kind' is 'duplicate'; accepted are"
            + " [duplicate-key, exclusion, stale-version, still-referenced, missing-reference,"
            + " broken-reference, wrong-state, business-rule, locked, transient]",
        "{'rules':[],'conflicts':[{'exception':'a.B','kind':'nothing'}]} # the file, field"
            + " 'conflicts', number 1, field 'kind' is 'nothing'; accepted are [duplicate-key,"
            + " exclusion, stale-version, still-referenced, missing-reference, broken-reference,"
            + " wrong-state, business-rule, locked, transient, none]",
        "{'rules':[],'conflicts':[{'kind':'locked'}]} # the file, field 'conflicts', number 1"
            + " lacks the field 'exception'",
        "{'rules':[],'conflicts':[{'exception':'a.B','message':'(','kind':'locked'}]} # the file,"
            + " field 'conflicts', number 1, field 'message': '(' is not a regular expression:"
            + " Unclosed group",
        "{'rules':[],'conflicts':[{'exception':'a.B','kind':'locked','status':409}]} # the file,"
            + " field 'conflicts', number 1 has the unknown field 'status'; accepted are"
            + " [exception, kind, message]",
        "{'rules':[],'fields':{'UK':'a','uk':'b'}} # the file, field 'fields', field 'uk' is 'b';"
            + " accepted are constraints that differ in more than case",
        "{'rules':[],'fields':{'uk':1}} # the file, field 'fields', field 'uk' is 1; accepted are"
            + " text",
      })
  void whatIsWrongIsSaid(String file, String message) {
    assertEquals(message, failure(file));
  }

  @Test
  void whatIsNoJsonIsSaidWithItsPlace() {
    assertEquals(
        "line 2, column 10: no JSON: Duplicate field 'rules'",
        failure("{'rules': [],\n  'rules': []}"));
  }

  @Test
  void writesAreSerializedOnlyWhereTheRuleAsks() throws Exception {
    assertEquals(
        List.of(true, false, false),
        read(
                "{'rules':[{'name':'a','write':'/a','serialize':true},"
                    + "{'name':'b','write':'/b','serialize':false},{'name':'c','write':'/c'}]}")
            .all()
            .stream()
            .map(Rule::isSerialized)
            .toList());
  }

  @Test
  void fileInAnotherEncodingIsRefused() {
    byte[] latin = "{\n  \"rules\": [] // \u00e4".getBytes(StandardCharsets.ISO_8859_1);
    InvalidRuleException e =
        assertThrows(
            InvalidRuleException.class, () -> RuleFile.read(new ByteArrayInputStream(latin)));
    assertEquals("line 2, column 18: no JSON: expected UTF-8", e.getMessage());
  }

  @Test
  void commentsAreAllowed() throws Exception {
    assertEquals(
        "a",
        read("{'rules':[/* the first */ {'name':'a','read':'/a'}]} // end").all().get(0).name());
  }

  private static String failure(String file) {
    return assertThrows(InvalidRuleException.class, () -> read(file)).getMessage();
  }

  private static Rules read(String file) throws Exception {
    byte[] json = file.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return RuleFile.read(new ByteArrayInputStream(json));
  }
}
