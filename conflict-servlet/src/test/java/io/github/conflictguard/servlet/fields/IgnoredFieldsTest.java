package io.github.conflictguard.servlet.fields;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoredFieldsTest {

  private final IgnoredFields ignored = new IgnoredFields(Set.of("Own", "draft_*"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.struts.taglib.html.TOKEN",
        "struts.token",
        "token",
        "javax.faces.ViewState",
        "jakarta.faces.ClientWindow",
        "_sourcePage",
        "__fp",
        "_csrf",
        "__VIEWSTATE",
        "authenticity_token",
        "form1_hf_0",
        "CSRFName",
        "OWASP_CSRFTOKEN",
        "csrfPreventionSalt",
        "flowExecutionKey",
        "lt",
        "form_build_id",
        "form_key",
        "_wpnonce",
        "wpEditToken",
        "atl_token",
        "Jenkins-Crumb",
        "com.sun.faces.VIEW",
        "oracle.adf.faces.STATE_TOKEN",
        "wicket:interface",
        "vaadinSecurityKey",
        "_synchronizerToken",
        "_conflictguard",
        "own",
        "OWN",
        "draft_1"
      })
  void whatFrameworksAndTheRuleSayIsNoValue(String name) {
    assertTrue(ignored.contain(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "tokens", "faces.viewstate", "draft", "owner", "email"})
  void everythingElseIsOne(String name) {
    assertFalse(ignored.contain(name));
  }
}
