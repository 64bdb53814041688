package office;

import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.struts.action.Action;
import org.apache.struts.action.ActionForm;
import org.apache.struts.action.ActionForward;
import org.apache.struts.action.ActionMapping;

/** Shows the form of a customer, or of a new one. */
public class EditCustomer extends Action {

  @Override
  public ActionForward execute(
      ActionMapping mapping, ActionForm form, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    request.getSession();
    CustomerForm customer = (CustomerForm) form;
    if (customer.getId() != null && customer.getId() != 0) {
      Customer found = Customers.get(customer.getId());
      if (found == null) {
        response.sendError(404);
        return null;
      }
      customer.show(found);
    }
    saveToken(request);
    return mapping.findForward("page");
  }
}
