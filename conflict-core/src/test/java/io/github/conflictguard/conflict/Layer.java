package io.github.conflictguard.conflict;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.jooq.impl.DSL;
import org.springframework.jdbc.core.JdbcTemplate;

/** What stands between an application and its driver, and wraps the exceptions of the latter. */
enum Layer {
  SPRING_JDBC {
    @Override
    Session on(DataSource database) {
      return new JdbcTemplate(database)::execute;
    }
  },
  JOOQ {
    @Override
    Session on(DataSource database) {
      System.setProperty("org.jooq.no-logo", "true");
      System.setProperty("org.jooq.no-tips", "true");
      return sql -> DSL.using(database, org.jooq.SQLDialect.DEFAULT).execute(sql);
    }
  },
  MYBATIS {
    @Override
    Session on(DataSource database) {
      Configuration configuration =
          new Configuration(new Environment("test", new JdbcTransactionFactory(), database));
      configuration.addMapper(AnySql.class);
      SqlSessionFactory sessions = new SqlSessionFactoryBuilder().build(configuration);
      return sql -> {
        try (SqlSession session = sessions.openSession(true)) {
          session.getMapper(AnySql.class).run(sql);
        }
      };
    }
  },
  HIBERNATE {
    @Override
    Session on(DataSource database) {
      return jpa("hibernate", Map.of("jakarta.persistence.nonJtaDataSource", database));
    }
  },
  ECLIPSELINK {
    @Override
    Session on(DataSource database) {
      return jpa("eclipselink", Map.of("jakarta.persistence.nonJtaDataSource", database));
    }
  },
  OPENJPA {
    @Override
    Session on(DataSource database) {
      return jpa("openjpa", Map.of("openjpa.ConnectionFactory", database));
    }
  };

  /** Kept, because loggers are only weakly reachable. */
  private static final Logger HIBERNATE_LOG = Logger.getLogger("org.hibernate");

  abstract Session on(DataSource database);

  private static Session jpa(String unit, Map<String, ?> settings) {
    HIBERNATE_LOG.setLevel(Level.OFF);
    EntityManagerFactory factory = Persistence.createEntityManagerFactory(unit, settings);
    return new Session() {
      @Override
      public void execute(String sql) {
        EntityManager em = factory.createEntityManager();
        try {
          em.getTransaction().begin();
          em.createNativeQuery(sql).executeUpdate();
          em.getTransaction().commit();
        } finally {
          if (em.getTransaction().isActive()) {
            em.getTransaction().rollback();
          }
          em.close();
        }
      }

      @Override
      public void close() {
        factory.close();
      }
    };
  }

  /** Runs a statement as an application that uses the layer would. */
  @FunctionalInterface
  interface Session extends AutoCloseable {

    void execute(String sql);

    @Override
    default void close() {}
  }

  /** MyBatis wants an interface. */
  interface AnySql {

    @Update("${sql}")
    void run(@Param("sql") String sql);
  }
}
