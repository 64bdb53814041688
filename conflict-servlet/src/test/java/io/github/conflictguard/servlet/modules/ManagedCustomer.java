package io.github.conflictguard.servlet.modules;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A customer whose e-mail address is the key. */
@Entity
public class ManagedCustomer {

  @Id private String email;

  /** For Hibernate. */
  protected ManagedCustomer() {}

  ManagedCustomer(String email) {
    this.email = email;
  }
}
