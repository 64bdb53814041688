package io.github.conflictguard.servlet.formdata;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request whose parameters are those of the wrapped request, followed by others. */
abstract class AddedParametersRequest extends HttpServletRequestWrapper {

  AddedParametersRequest(HttpServletRequest request) {
    super(request);
  }

  /** Returns the parameters that the wrapped request does not have, by name. */
  abstract Map<String, String[]> own();

  /** Returns the number of parameter values of the wrapped request. */
  final int countWrapped() {
    int[] count = {0};
    super.getParameterMap().values().forEach(values -> count[0] += values.length);
    return count[0];
  }

  @Override
  public @Nullable String getParameter(String name) {
    String known = super.getParameter(name);
    String[] own = known == null ? own().get(name) : null;
    return own == null ? known : own[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] known = super.getParameterValues(name);
    String[] own = own().get(name);
    return own == null ? known : known == null ? own.clone() : QueryParameters.append(known, own);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return own().isEmpty()
        ? super.getParameterNames()
        : Collections.enumeration(getParameterMap().keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, String[]> containers = super.getParameterMap();
    if (own().isEmpty()) {
      return containers;
    }
    Map<String, String[]> all = new LinkedHashMap<>(containers);
    own().forEach((name, values) -> all.merge(name, values, QueryParameters::append));
    return Collections.unmodifiableMap(all);
  }
}
