package office;

import java.io.IOException;
import java.io.Serializable;
import java.sql.SQLException;
import javax.faces.bean.ManagedBean;
import javax.faces.bean.ViewScoped;
import javax.faces.context.FacesContext;

/** All that is done with a customer while its page is open. */
@ManagedBean(name = "office")
@ViewScoped
public class CustomerBean implements Serializable {

  private static final long serialVersionUID = 1;

  private Integer id;
  private Customer customer = new Customer();

  public Integer getId() {
    return id;
  }

  public void setId(Integer id) {
    this.id = id;
  }

  public Customer getCustomer() {
    return customer;
  }

  /** Loads the customer when the page is opened. */
  public void load() throws IOException {
    FacesContext context = FacesContext.getCurrentInstance();
    if (!context.isPostback() && id != null) {
      customer = Customers.get(id);
      if (customer == null) {
        context.getExternalContext().responseSendError(404, "No such customer");
        context.responseComplete();
      }
    }
  }

  public String save() throws SQLException {
    if (id == null) {
      Customers.add(customer);
    } else {
      Customers.store(id, customer);
    }
    return "list?faces-redirect=true";
  }

  public String delete() {
    Customers.remove(id);
    return "list?faces-redirect=true";
  }
}
