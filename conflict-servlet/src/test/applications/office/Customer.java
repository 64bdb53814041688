package office;

/** A customer of the office, as the pages show one. */
public class Customer implements java.io.Serializable {

  private static final long serialVersionUID = 1;

  private Integer id;
  private String name = "";
  private String phone = "";
  private String rating = "silver";
  private boolean active;
  private String notes = "";

  public Integer getId() {
    return id;
  }

  public void setId(Integer id) {
    this.id = id;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getPhone() {
    return phone;
  }

  public void setPhone(String phone) {
    this.phone = phone;
  }

  public String getRating() {
    return rating;
  }

  public void setRating(String rating) {
    this.rating = rating;
  }

  public boolean isActive() {
    return active;
  }

  public void setActive(boolean active) {
    this.active = active;
  }

  public String getNotes() {
    return notes;
  }

  public void setNotes(String notes) {
    this.notes = notes;
  }

  /** Takes over what a form shows of another one. */
  public void copy(Customer from) {
    name = from.name;
    phone = from.phone;
    rating = from.rating;
    active = from.active;
    notes = from.notes;
  }

  /** The customer in one line. */
  @Override
  public String toString() {
    return name + "|" + phone + "|" + rating + "|" + active + "|" + notes.replace("\r", "").replace("\n", "/");
  }
}
