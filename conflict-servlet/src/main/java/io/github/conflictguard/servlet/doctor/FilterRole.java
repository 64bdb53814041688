package io.github.conflictguard.servlet.doctor;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What another filter does, as far as its class tells, and where it should not stand. */
enum FilterRole {
  SECURITY(
      "(org\\.springframework\\.security|org\\.acegisecurity|net\\.sf\\.acegisecurity"
          + "|org\\.apache\\.shiro|org\\.keycloak|org\\.jasig\\.cas|org\\.apereo\\.cas|org\\.pac4j"
          + "|org\\.securityfilter|com\\.sun\\.identity|org\\.picketlink|waffle\\.servlet)\\..*"
          + "|.*\\.SpnegoHttpFilter"
          + "|(.*[.$])?\\w*(Login|Auth|Authentication|Authorization|Security|Permission)Filter",
      "security-behind",
      "decides who may do what, and stands behind the guard: who may not see a record can learn"
          + " from a 412 whether it has changed",
      "Put the filter-mapping of the guard behind it, and map it to URL patterns: what is mapped to"
          + " the names of servlets comes last"),

  ENCODING(
      "(.*[.$])?(?!\\w*(Content|Transfer)Encoding)\\w*(Encoding|Charset)Filter",
      "encoding-behind",
      "chooses the charset of requests, and stands behind the guard: when the guard asks for the"
          + " current state, or somebody in front of it reads a parameter, it has not done so yet",
      "Put the filter-mapping of the guard behind it"),

  COMPRESSION(
      "(?i)(.*[.$])?\\w*(gzip|compress|deflate|brotli)\\w*",
      "compression-behind",
      "compresses answers behind the guard, which has to undo that for each entity tag, and can"
          + " only for gzip and deflate: no If-Match with the tags of other codings holds",
      "Put the filter-mapping of the guard behind it, or let the container compress"),

  TAGS(
      "(?i)(.*[.$])?\\w*(etag|pagecaching)\\w*filter",
      "tags-behind",
      "makes entity tags of its own behind the guard, which the guard does not get when it asks for"
          + " the current state, so that it cannot judge an If-Match with them",
      "Remove it, because the guard makes entity tags, or map it to what nobody writes") {
    @Override
    void foundInFront(String filter, Findings findings) {
      findings.add(
          "tags-in-front",
          filter,
          filter
              + " stands in front of the guard, holds every answer a second time, and tags what the"
              + " guard leaves alone, such as pages: no If-Match with these tags holds",
          "Remove it, because the guard makes entity tags, or map it to what nobody writes");
    }
  };

  private final Pattern classes;
  private final String code;
  private final String behind;
  private final String cure;

  FilterRole(String classes, String code, String behind, String cure) {
    this.classes = Pattern.compile(classes);
    this.code = code;
    this.behind = behind;
    this.cure = cure;
  }

  /** The role of a filter; null when it has none that matters. */
  static @Nullable FilterRole of(String name, String className) {
    if (name.equals("springSecurityFilterChain")) {
      return SECURITY; // Its class is that of any bean.
    }
    for (FilterRole role : values()) {
      if (role.classes.matcher(className).matches()) {
        return role;
      }
    }
    return null;
  }

  /** It stands behind the guard. */
  void foundBehind(String filter, Findings findings) {
    findings.add(code, filter, filter + " " + behind, cure);
  }

  /** It stands in front of the guard. */
  void foundInFront(String filter, Findings findings) {
    // Where it should.
  }
}
