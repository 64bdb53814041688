package io.github.conflictguard.servlet.form;

import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;

/**
 * The tag {@code <guard:token/>}: the hidden field with the form's token, at a position that the
 * page chooses. Writes nothing where no rule applies to the page. Declared in {@code
 * META-INF/conflict-guard.tld}; each instance is used once.
 */
public final class TokenJspTag extends SimpleTagSupport {

  /** Creates the tag. Called by the page. */
  public TokenJspTag() {}

  @Override
  public void doTag() throws JspException, IOException {
    Object token = getJspContext().findAttribute(SubmittedToken.ATTRIBUTE);
    if (token != null) {
      getJspContext()
          .getOut()
          .write(
              "<input type=\"hidden\" name=\""
                  + SubmittedToken.NAME
                  + "\" value=\""
                  + token
                  + "\" />");
    }
  }
}
