package office;

import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.struts.action.Action;
import org.apache.struts.action.ActionForm;
import org.apache.struts.action.ActionForward;
import org.apache.struts.action.ActionMapping;
import org.apache.struts.action.ActionMessage;
import org.apache.struts.action.ActionMessages;

/** Stores a customer, or a new one, once for each token. */
public class SaveCustomer extends Action {

  @Override
  public ActionForward execute(
      ActionMapping mapping, ActionForm form, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (isCancelled(request)) {
      return mapping.findForward("done");
    }
    ActionMessages errors = new ActionMessages();
    if (!isTokenValid(request, true)) {
      errors.add("name", new ActionMessage("The token of this page is spent", false));
      saveErrors(request, errors);
      saveToken(request);
      return mapping.getInputForward();
    }
    Customer customer = ((CustomerForm) form).customer();
    if (mapping.getPath().equals("/createCustomer")) {
      Customers.add(customer);
    } else {
      Customers.store(customer.getId(), customer);
    }
    return mapping.findForward("done");
  }
}
