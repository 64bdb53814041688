package office;

import com.opensymphony.xwork2.ActionSupport;
import java.sql.SQLException;
import org.apache.struts2.ServletActionContext;

/** All that is done with a customer, each by a method of its own. */
public class CustomerAction extends ActionSupport {

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

  public void setCustomer(Customer customer) {
    this.customer = customer;
  }

  public String edit() throws Exception {
    ServletActionContext.getRequest().getSession();
    customer = Customers.get(id);
    if (customer == null) {
      ServletActionContext.getResponse().sendError(404);
      return NONE;
    }
    return INPUT;
  }

  public String create() {
    ServletActionContext.getRequest().getSession();
    return INPUT;
  }

  public String save() throws SQLException {
    if (customer.getName().isEmpty()) {
      addFieldError("customer.name", "Name is missing");
      return INPUT;
    }
    if (id == null) {
      Customers.add(customer);
    } else {
      Customers.store(id, customer);
    }
    return SUCCESS;
  }

  public String delete() {
    Customers.remove(id);
    return SUCCESS;
  }

  public String back() {
    return SUCCESS;
  }
}
