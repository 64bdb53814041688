package io.github.conflictguard.servlet.spring;

import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Spring MVC with its message converters and one controller. */
public class SpringMvc extends DispatcherServlet {

  private static final long serialVersionUID = 1L;

  /** Creates the servlet, which web.xml can name. */
  public SpringMvc() {
    super(context());
  }

  private static AnnotationConfigWebApplicationContext context() {
    AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
    context.register(Converters.class, RecordController.class);
    return context;
  }

  /** Switches the message converters on. */
  @EnableWebMvc
  public static class Converters {}
}
