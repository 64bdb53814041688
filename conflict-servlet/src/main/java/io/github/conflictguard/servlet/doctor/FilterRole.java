package io.github.conflictguard.servlet.doctor;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The role of another filter, determined from its class or bean name, and where it must not stand.
 */
enum FilterRole {
  SECURITY(
      "(org\\.springframework\\.security|org\\.acegisecurity|net\\.sf\\.acegisecurity"
          + "|org\\.apache\\.shiro|org\\.keycloak|org\\.jasig\\.cas|org\\.apereo\\.cas|org\\.pac4j"
          + "|org\\.securityfilter|com\\.sun\\.identity|org\\.picketlink|waffle\\.servlet)\\..*"
          + "|.*\\.SpnegoHttpFilter",
      "(?!.*-(last|content|transport|headers?|csrf|xss)-(login|auth|security)-)"
          + ".*-(login|auth2?|authentication|authorization|security|permission|access-control|sso)"
          + "-(check-)?filter[0-9]*-",
      FindingCode.SECURITY_AFTER_GUARD,
      "decides who may do what, and stands behind the guard: anonymous clients may get the guard's"
          + " answer (428, 412, 409) in place of the login, and who may not see a record can learn"
          + " from a 412 whether it has changed"),

  ENCODING(
      "",
      "(?!.*-(content|transfer|url|uri|html|xml|json|base64|gzip|output|response|accept|password)"
          + "-encoding-).*-(encoding|charset|character-set)-filter[0-9]*-",
      FindingCode.ENCODING_AFTER_GUARD,
      "chooses the charset of requests, and stands behind the guard: when the guard requests the"
          + " current state, or a filter in front of it reads a parameter, it has not done so yet"),

  COMPRESSION(
      "",
      "(?!.*-(request|requests|no|non|not|disable|exclude|skip|without)-)"
          + ".*-(g-?zip|gzipping|compress|compressing|compression|compressor|deflate|deflating"
          + "|brotli)-((response|servlet|output|content|http|handler|compression|compressing"
          + "|encoding)-)*(filter[0-9]*-)?(impl-)?"
          + "|-(gzip|compression|compressing)filter[0-9]*-",
      FindingCode.COMPRESSION_AFTER_GUARD,
      "compresses answers behind the guard, which has to undo that for each entity tag, and can"
          + " only for gzip and deflate: no If-Match with the tags of other codings holds"),

  TAGS(
      "",
      "(?!.*-(no|non|not|disable|remove|strip|without)-).*-(e-?tags?|entity-tags?|page-caching)-(\\w+-)*filter[0-9]*-|-etagfilter[0-9]*-",
      FindingCode.ETAG_FILTER_AFTER_GUARD,
      "makes entity tags of its own behind the guard, which the guard does not get when it requests"
          + " the current state, so that it cannot judge an If-Match with them") {
    @Override
    void foundInFront(Neighbour filter, Findings findings) {
      findings.add(
          FindingCode.ETAG_FILTER_BEFORE_GUARD,
          filter.toString(),
          filter
              + " stands in front of the guard, holds every answer a second time, and tags what the"
              + " guard leaves alone, such as pages: no If-Match with these tags holds",
          REMOVE);
    }

    @Override
    void foundBehind(Neighbour filter, String order, Findings findings) {
      super.foundBehind(filter, REMOVE, findings);
    }
  };

  /** The bean names that the documentation of Spring Security and Shiro use. */
  private static final Pattern SECURITY_BEAN =
      Pattern.compile("-(.*-)?(spring-security|filter-chain-proxy|shiro|keycloak|pac4j)-.*");

  private static final String REMOVE =
      "Remove it, because the guard makes entity tags, or map it to what is never written";

  private final Pattern classes;
  private final Pattern words;
  private final FindingCode code;
  private final String behind;

  FilterRole(String classes, String words, FindingCode code, String behind) {
    this.classes = Pattern.compile(classes);
    this.words = Pattern.compile(words);
    this.code = code;
    this.behind = behind;
  }

  /** Returns the role of filters of a class; null when it is not relevant. */
  static @Nullable FilterRole ofClass(String className) {
    for (FilterRole role : values()) {
      if (role.classes.matcher(className).matches()) {
        return role;
      }
    }
    return ofWords(ClassWords.of(className));
  }

  /**
   * Returns the role of a filter that is a bean, by its name; null when the name does not determine
   * it.
   */
  static @Nullable FilterRole ofBean(String name) {
    String words = ClassWords.of(name);
    return SECURITY_BEAN.matcher(words).matches() ? SECURITY : ofWords(words);
  }

  private static @Nullable FilterRole ofWords(String words) {
    for (FilterRole role : values()) {
      if (role.words.matcher(words).matches()) {
        return role;
      }
    }
    return null;
  }

  /**
   * Reports that a filter follows this one.
   *
   * @param order how to place it in front
   */
  void foundBehind(Neighbour filter, String order, Findings findings) {
    findings.add(code, filter.toString(), filter + " " + behind, order);
  }

  /** Reports that a filter precedes this one, if that matters. */
  void foundInFront(Neighbour filter, Findings findings) {
    // The correct position.
  }
}
