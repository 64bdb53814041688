package io.github.conflictguard.servlet.spring;

/** Spring MVC whose handlers fail, behind an advice that answers by a converter. */
public class AdvisedMvc extends SpringMvc {

  private static final long serialVersionUID = 1L;

  /** Creates the servlet, which web.xml can name. */
  public AdvisedMvc() {
    super(FailingController.class, SwallowingAdvice.Entity.class);
  }
}
