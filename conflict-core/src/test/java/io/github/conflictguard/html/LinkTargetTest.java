package io.github.conflictguard.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser makes of an address (URL standard, 4.4). */
class LinkTargetTest {

  private static final String PAGE = "http://office.example/app/dir/edit?id=7";

  @ParameterizedTest
  @CsvSource({
    "'', /app/dir/edit?id=7",
    "save, /app/dir/save",
    "./save, /app/dir/save",
    "../save?a=1#x, /app/save?a=1",
    "'%2e%2E/save', /app/save",
    "'..\\save', /app/save",
    "'\\app\\save', /app/save",
    "/save, /save",
    "?x=1, /app/dir/edit?x=1",
    "//office.example/save, /save",
    "'\\\\office.example\\save', /save",
    "///office.example/save, /save",
    "//OFFICE.example:80/save, /save",
    "http://office.example/save, /save",
    "https://office.example/save, /save",
    "'ht\ttp://office.example/save', /save",
    "'  save ', /app/dir/save",
    "'sa\nve', /app/dir/save",
    "'1:2', '/app/dir/1:2'"
  })
  void whatStaysOnTheServer(String address, String target) {
    assertEquals(target, LinkTarget.of(PAGE, null, address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example/save",
        "/\\evil.example/save",
        "\\/evil.example/save",
        "\\\\evil.example\\save",
        "///evil.example/save",
        "////evil.example",
        "/\t/evil.example/save",
        "/\n\\evil.example",
        "\t//evil.example",
        "\u0001//evil.example",
        "http://evil.example/save",
        "HTTPS://evil.example/save",
        "http:\\\\evil.example",
        "http:///evil.example",
        "h\nttp://evil.example/save",
        "http:evil.example",
        "https:evil.example",
        "http:/evil.example",
        "https:/save",
        "http:save",
        "http://office.example@evil.example/save",
        "//office.example@evil.example",
        "//office.example:8080/save",
        "//office.example.evil.example/save",
        "http://evil.example\\@office.example/save",
        "//evil.example#@office.example/",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "mailto:ada@office.example",
        "ftp://office.example/save",
        "blob:http://office.example/x"
      })
  void whatLeadsElsewhereOrMayDoSo(String address) {
    assertNull(LinkTarget.of(PAGE, null, address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//evil.example/", "http://evil.example/app/", "\\\\evil.example", "data:x"})
  void nothingIsOnTheServerUnderTheBaseOfAnother(String base) {
    for (String address : new String[] {"save", "/save", "", "?x=1", "../save"}) {
      assertNull(LinkTarget.of(PAGE, base, address));
    }
    assertEquals("/save", LinkTarget.of(PAGE, "/other/", "//office.example/save"));
  }

  @ParameterizedTest
  @CsvSource({
    "/other/, save, /other/save",
    "/other/x?y, '', /other/x?y",
    "http://office.example/a/, b, /a/b"
  })
  void aBaseOfTheSameServerCounts(String base, String address, String target) {
    assertEquals(target, LinkTarget.of(PAGE, base, address));
  }

  @ParameterizedTest
  @CsvSource({
    "http://office.example/save, ",
    "https://office.example:443/save, /save",
    "//office.example/save, /save"
  })
  void anEncryptedPageHasNoUnencryptedTargets(String address, String target) {
    assertEquals(target, LinkTarget.of("https://office.example/app/edit", null, address));
  }
}
