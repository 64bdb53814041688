package io.github.conflictguard.servlet.fields;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Fields that frameworks add to every form, with a new value each time. They are not part of the
 * record. Names are compared ignoring case.
 */
public final class IgnoredFields {

  private static final Set<String> PRESET =
      new HashSet<>(
          Arrays.asList(
              // Struts 1 and 2
              "org.apache.struts.taglib.html.token",
              "struts.token",
              "struts.token.name",
              "token",
              // Seam, RichFaces
              "org.apache.myfaces.trinidad.faces.state",
              "conversationid",
              "cid",
              // Stripes
              "_sourcepage",
              "__fp",
              // Spring MVC and Web Flow, Grails
              "_csrf",
              "execution",
              "_eventid",
              "org.codehaus.groovy.grails.synchronizer_token",
              "org.grails.synchronizer_token",
              "synchronizer_token",
              "org.codehaus.groovy.grails.synchronizer_uri",
              "synchronizer_uri",
              // Tomcat, OWASP CSRFGuard and ESAPI
              "org.apache.catalina.filters.csrf_nonce",
              "owasp_csrftoken",
              "owasp-csrftoken",
              "ctoken",
              // Tapestry, Wicket, GWT, Vaadin, ZK
              "t:formdata",
              "t:ac",
              "wicket-ajax",
              "_wicket",
              // ASP.NET, Rails, Django, Laravel, Play, Liferay and others in front of or next to it
              "__viewstate",
              "__viewstategenerator",
              "__viewstateencrypted",
              "__eventvalidation",
              "__eventtarget",
              "__eventargument",
              "__previouspage",
              "__requestverificationtoken",
              "authenticity_token",
              "utf8",
              "csrfmiddlewaretoken",
              "_token",
              "csrftoken",
              "csrf_token",
              "csrf-token",
              "csrf",
              "xsrf",
              "_xsrf",
              "xsrftoken",
              "xsrf_token",
              "xsrf-token",
              "anticsrf",
              "nonce",
              "p_auth",
              "formdate",
              "_charset_",
              "csrfname",
              "csrfpreventionsalt",
              "_csrf_token",
              "_csrftoken",
              "csrf_nonce",
              "csrfnonce",
              "_synchronizertoken",
              "requesttoken",
              "request_token",
              "security_token",
              "securitytoken",
              "form_token",
              "formtoken",
              "formkey",
              "form_key",
              "form_build_id",
              "_wpnonce",
              "wpedittoken",
              "sesskey",
              "atl_token",
              "jenkins-crumb",
              ".crumb",
              "x-csrf-token",
              // Web Flow 1, CAS
              "_flowexecutionkey",
              "flowexecutionkey",
              "_flowid",
              "lt",
              // JSF before version 1.2, ADF, Vaadin, Wicket
              "com.sun.faces.view",
              "jsf_tree_64",
              "jsf_state_64",
              "jsf_viewid",
              "jsf_sequence",
              "oracle.adf.faces.state_token",
              "_adf.ctrl-state",
              "_afpfm",
              "vaadinsecuritykey",
              "v-uidlsecuritykey",
              "jsessionid"));

  /** The prefix of all fields of Wicket. */
  private static final String WICKET = "wicket:";

  /** The fields of JSF, after the namespace of either generation. */
  private static final Pattern FACES =
      Pattern.compile("\\w+\\.faces\\.(viewstate|clientwindow|rendertoken)");

  private final Set<String> more;

  /**
   * Adds names to the defaults.
   *
   * @param more further names of this application; a trailing asterisk matches any suffix
   */
  public IgnoredFields(Set<String> more) {
    this.more = new HashSet<>();
    more.forEach(name -> this.more.add(name.toLowerCase(Locale.ROOT)));
  }

  /** Returns whether a field is not part of the record. */
  public boolean contain(String field) {
    String name = field.toLowerCase(Locale.ROOT);
    return PRESET.contains(name)
        || more.contains(name)
        || FACES.matcher(name).matches()
        // Wicket and JBoss number them by form.
        || name.endsWith("_hf_0")
        || name.startsWith(WICKET)
        || name.equals(TokenField.NAME)
        || more.stream()
            .anyMatch(
                pattern ->
                    pattern.endsWith("*")
                        && name.startsWith(pattern.substring(0, pattern.length() - 1)));
  }
}
