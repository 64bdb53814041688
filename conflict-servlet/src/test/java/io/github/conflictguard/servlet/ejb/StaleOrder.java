package io.github.conflictguard.servlet.ejb;

import jakarta.ejb.ApplicationException;
import java.sql.SQLException;

/** A conflict after which EJB commits, although it is unchecked. */
@ApplicationException(rollback = false)
public class StaleOrder extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Makes one. */
  public StaleOrder() {
    super("stale", new SQLException("m", "23505"));
  }
}
