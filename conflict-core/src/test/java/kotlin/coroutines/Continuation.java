package kotlin.coroutines;

/** By its name alone: what a suspending function of Kotlin takes as its last parameter. */
public interface Continuation {}
