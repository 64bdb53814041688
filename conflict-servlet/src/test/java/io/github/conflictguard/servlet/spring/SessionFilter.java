package io.github.conflictguard.servlet.spring;

import java.util.concurrent.ConcurrentHashMap;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** Spring Session with sessions in memory. */
public class SessionFilter extends SessionRepositoryFilter<MapSession> {

  /** Creates the filter, which web.xml can name. */
  public SessionFilter() {
    super(new MapSessionRepository(new ConcurrentHashMap<>()));
  }
}
