package office;

import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.struts.action.Action;
import org.apache.struts.action.ActionForm;
import org.apache.struts.action.ActionForward;
import org.apache.struts.action.ActionMapping;

/** Deletes a customer. */
public class DeleteCustomer extends Action {

  @Override
  public ActionForward execute(
      ActionMapping mapping, ActionForm form, HttpServletRequest request, HttpServletResponse response) {
    Customers.remove(((CustomerForm) form).getId());
    return mapping.findForward("done");
  }
}
