package io.github.conflictguard.servlet.clash;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** Stores people by Hibernate, and knows nothing of conflicts. */
public final class People extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final AtomicLong ids = new AtomicLong();
  private transient SessionFactory sessions;

  @Override
  public void init() {
    String database = "jdbc:h2:mem:" + getServletContext().getContextPath().substring(1);
    sessions =
        new Configuration()
            .addAnnotatedClass(Person.class)
            .setProperty("hibernate.connection.driver_class", "org.h2.Driver")
            .setProperty("hibernate.connection.url", database + ";DB_CLOSE_DELAY=-1")
            .setProperty("hibernate.dialect", "org.hibernate.dialect.H2Dialect")
            .setProperty("hibernate.hbm2ddl.auto", "create")
            .setProperty("hibernate.current_session_context_class", "thread")
            .buildSessionFactory();
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) {
    Library.name(response, SessionFactory.class);
    Session session = sessions.getCurrentSession();
    session.beginTransaction();
    try {
      session.save(new Person(ids.incrementAndGet(), request.getQueryString()));
      session.getTransaction().commit();
    } catch (RuntimeException e) {
      session.getTransaction().rollback();
      throw e;
    }
    response.setStatus(HttpServletResponse.SC_CREATED);
  }

  @Override
  public void destroy() {
    sessions.close();
  }
}
