package io.github.conflictguard.conflict;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.ManyToOne;
import javax.persistence.Version;

/** An entity of JPA 2. */
@Entity
public class OldVersioned {

  @Id int id;

  @Version int version;

  @Column(unique = true)
  String name;

  @ManyToOne OldVersioned parent;

  protected OldVersioned() {}

  public OldVersioned(int id, String name) {
    this.id = id;
    this.name = name;
  }
}
