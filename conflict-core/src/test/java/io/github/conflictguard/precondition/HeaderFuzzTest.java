package io.github.conflictguard.precondition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.conflictguard.etag.ChangedTags;
import io.github.conflictguard.etag.EntityTag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a client sends, the headers are read: without an exception, and in linear time. */
class HeaderFuzzTest {

  // Another number finds other values; this one keeps a build repeatable.
  private static final String SEED = "9110";

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final ChangedTags CHANGED = ChangedTags.of(List.of("--gzip", ";gzip"), true);

  @Property(tries = 20_000, seed = SEED)
  void anyLinesAreReadOrFoundMalformed(
      @ForAll("lines") List<String> lines, @ForAll("methods") String method) {
    ConditionalHeaders headers = ConditionalHeaders.read(name -> lines, NOW, CHANGED);
    SelectedRepresentation current = SelectedRepresentation.present(EntityTag.strong("a"), NOW);
    assertNotNull(PreconditionEvaluator.admit(method, headers, true));
    assertNotNull(PreconditionEvaluator.evaluate(method, headers, current, true));
    if (headers.malformed() != null) {
      assertNull(headers.ifMatch());
    }
  }

  @Property(tries = 20_000, seed = SEED)
  void aListOfTagsIsReadAsItWasWritten(@ForAll("tags") List<EntityTag> tags) {
    String line = tags.stream().map(EntityTag::toString).collect(Collectors.joining(" ,, "));
    ConditionalHeaders headers =
        ConditionalHeaders.read(n -> List.of(line), NOW, ChangedTags.none());
    assertNotNull(headers.ifMatch());
    assertEquals(tags, headers.ifMatch().tags());
  }

  @Property(tries = 20_000, seed = SEED)
  void aDateIsReadAsItWasWritten(@ForAll("instants") Instant instant) {
    assertEquals(instant, HttpDate.parse(HttpDate.format(instant), NOW));
  }

  /** A million characters; quadratic work on them takes hours. */
  @Property(tries = 100, seed = SEED)
  void muchOfAnythingIsReadInLinearTime(@ForAll("morsels") String morsel) {
    String much = morsel.repeat(1_000_000 / morsel.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> ConditionalHeaders.read(name -> List.of(much), NOW, CHANGED));
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.oneOf(
            Arbitraries.strings().all().ofMaxLength(40),
            Arbitraries.strings().withChars("\"W/*, \tag-zip;").ofMaxLength(40),
            Arbitraries.strings().withChars("MonFriJan0123456789:, GMT-").ofMaxLength(40),
            instants().map(HttpDate::format))
        .list()
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> methods() {
    return Arbitraries.oneOf(
        Arbitraries.of("GET", "HEAD", "PUT", "POST", "OPTIONS", "MKCOL"),
        Arbitraries.strings().all().ofMaxLength(8));
  }

  @Provide
  Arbitrary<List<EntityTag>> tags() {
    Arbitrary<String> opaque =
        Arbitraries.chars()
            .filter(c -> c == 0x21 || (c >= 0x23 && c <= 0x7E) || (c >= 0x80 && c <= 0xFF))
            .array(char[].class)
            .ofMaxSize(12)
            .map(String::new);
    return opaque
        .flatMap(text -> Arbitraries.of(EntityTag.strong(text), EntityTag.weak(text)))
        .list()
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(-62_135_596_800L, 253_402_300_799L)
        .map(Instant::ofEpochSecond);
  }

  @Provide
  Arbitrary<String> morsels() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("\"W/*, \tag-zip;").ofMinLength(1).ofMaxLength(6),
        Arbitraries.strings().withChars("Mon, 0123 Jan:GMT").ofMinLength(1).ofMaxLength(6));
  }
}
