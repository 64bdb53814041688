package office;

import java.sql.SQLException;
import net.sourceforge.stripes.action.ActionBean;
import net.sourceforge.stripes.action.ActionBeanContext;
import net.sourceforge.stripes.action.DefaultHandler;
import net.sourceforge.stripes.action.DontValidate;
import net.sourceforge.stripes.action.ErrorResolution;
import net.sourceforge.stripes.action.ForwardResolution;
import net.sourceforge.stripes.action.RedirectResolution;
import net.sourceforge.stripes.action.Resolution;
import net.sourceforge.stripes.action.UrlBinding;
import net.sourceforge.stripes.validation.Validate;
import net.sourceforge.stripes.validation.ValidateNestedProperties;

/** All that is done with a customer, each by an event of its own. */
@UrlBinding("/customer.action")
public class CustomerActionBean implements ActionBean {

  private ActionBeanContext context;
  private Integer id;

  @ValidateNestedProperties(
      @Validate(
          field = "name",
          required = true,
          on = {"save", "add"}))
  private Customer customer = new Customer();

  @Override
  public ActionBeanContext getContext() {
    return context;
  }

  @Override
  public void setContext(ActionBeanContext context) {
    this.context = context;
  }

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

  @DefaultHandler
  @DontValidate
  public Resolution list() {
    return new ForwardResolution("/WEB-INF/pages/list.jsp");
  }

  @DontValidate
  public Resolution edit() {
    context.getRequest().getSession();
    customer = Customers.get(id);
    return customer == null
        ? new ErrorResolution(404)
        : new ForwardResolution("/WEB-INF/pages/customer.jsp");
  }

  @DontValidate
  public Resolution create() {
    context.getRequest().getSession();
    return new ForwardResolution("/WEB-INF/pages/customer.jsp");
  }

  public Resolution save() throws SQLException {
    Customers.store(id, customer);
    return new RedirectResolution("/customer.action");
  }

  public Resolution add() throws SQLException {
    Customers.add(customer);
    return new RedirectResolution("/customer.action");
  }

  @DontValidate
  public Resolution delete() {
    Customers.remove(id);
    return new RedirectResolution("/customer.action");
  }

  @DontValidate
  public Resolution cancel() {
    return new RedirectResolution("/customer.action");
  }
}
