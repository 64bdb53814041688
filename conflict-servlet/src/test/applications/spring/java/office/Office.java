package office;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.view.InternalResourceViewResolver;

/** An office made of Spring MVC and Spring Security. */
@Configuration
@EnableWebMvc
@EnableWebSecurity
@ComponentScan("office")
public class Office {

  @Bean
  public ViewResolver views() {
    return new InternalResourceViewResolver("/WEB-INF/jsp/", ".jsp");
  }

  @Bean
  public SecurityFilterChain security(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(all -> all.anyRequest().authenticated())
        .formLogin(Customizer.withDefaults())
        .build();
  }

  @Bean
  public WebSecurityCustomizer open() {
    RequestMatcher ledger = request -> request.getServletPath().startsWith("/ledger");
    RequestMatcher jsp = request -> request.getServletPath().startsWith("/WEB-INF/");
    return web -> web.ignoring().requestMatchers(ledger, jsp);
  }

  @Bean
  public UserDetailsService users() {
    InMemoryUserDetailsManager users = new InMemoryUserDetailsManager();
    for (String name : new String[] {"ada", "grace", "linus"}) {
      users.createUser(User.withUsername(name).password("{noop}secret").roles("CLERK").build());
    }
    return users;
  }
}
