<%@ page isErrorPage="true" contentType="text/plain;charset=UTF-8" session="false"
%>Sorry, the office could not do that.

The mistake is ours, and it has been written to the log. Please try again later.
