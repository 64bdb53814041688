package io.github.conflictguard.servlet.form;

import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;

/**
 * The tag {@code <guard:token/>}: the hidden field that carries a form's token, at a place that the
 * page chooses. Writes nothing where no rule speaks of the page. Named in {@code
 * META-INF/conflict-guard.tld}; for one use.
 */
public final class TokenJspTag extends SimpleTagSupport {

  /** Called by the page. */
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
