package office;

import javax.servlet.http.HttpServletRequest;
import org.apache.struts.action.ActionErrors;
import org.apache.struts.action.ActionForm;
import org.apache.struts.action.ActionMapping;
import org.apache.struts.action.ActionMessage;

/** The form of a customer. */
public class CustomerForm extends ActionForm {

  private static final long serialVersionUID = 1;

  private Customer customer = new Customer();

  public Customer customer() {
    return customer;
  }

  public void show(Customer shown) {
    customer = shown;
  }

  public Integer getId() {
    return customer.getId();
  }

  public void setId(Integer id) {
    customer.setId(id);
  }

  public String getName() {
    return customer.getName();
  }

  public void setName(String name) {
    customer.setName(name);
  }

  public String getPhone() {
    return customer.getPhone();
  }

  public void setPhone(String phone) {
    customer.setPhone(phone);
  }

  public String getRating() {
    return customer.getRating();
  }

  public void setRating(String rating) {
    customer.setRating(rating);
  }

  public boolean isActive() {
    return customer.isActive();
  }

  public void setActive(boolean active) {
    customer.setActive(active);
  }

  public String getNotes() {
    return customer.getNotes();
  }

  public void setNotes(String notes) {
    customer.setNotes(notes);
  }

  @Override
  public void reset(ActionMapping mapping, HttpServletRequest request) {
    customer = new Customer();
  }

  @Override
  public ActionErrors validate(ActionMapping mapping, HttpServletRequest request) {
    ActionErrors errors = new ActionErrors();
    if (customer.getName().isEmpty()) {
      errors.add("name", new ActionMessage("Name is missing", false));
    }
    return errors;
  }
}
