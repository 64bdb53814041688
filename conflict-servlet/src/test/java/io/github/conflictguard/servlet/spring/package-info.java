/**
 * An application made of Spring MVC behind Spring Security and Spring Session, without annotations
 * of a container: it runs on Spring 5 and javax.servlet as well when its classes are renamed.
 */
package io.github.conflictguard.servlet.spring;
