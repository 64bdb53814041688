package io.github.conflictguard.conflict;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/** An entity for every provider of JPA. */
@Entity
public class Versioned {

  @Id private int id;

  @Version private int version;

  private String name;

  protected Versioned() {}

  Versioned(int id) {
    this.id = id;
  }

  public int getId() {
    return id;
  }

  public int getVersion() {
    return version;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }
}
