package io.github.conflictguard.servlet.spring;

import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Spring MVC with its message converters and one controller. */
public class SpringMvc extends DispatcherServlet {

  private static final long serialVersionUID = 1L;

  /** Creates the servlet, which web.xml can name. */
  public SpringMvc() {
    this(RecordController.class);
  }

  /** Creates the servlet with controllers and advices. */
  public SpringMvc(Class<?>... parts) {
    super(context(parts));
  }

  private static AnnotationConfigWebApplicationContext context(Class<?>... parts) {
    AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
    context.register(Converters.class);
    context.register(parts);
    return context;
  }

  /** Switches the message converters on. */
  @EnableWebMvc
  public static class Converters {}
}
