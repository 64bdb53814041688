package com.example.orders.requests;

/**
 * A request, and what comes of it.
 *
 * @param afterwards what is asked for when it is over; empty for nothing
 * @param asItWas the answer of the application as it was, and what has run
 * @param guarded the answer with guards, and what has run
 */
record Sample(
    String name,
    String method,
    String path,
    String type,
    String body,
    String afterwards,
    String asItWas,
    String guarded) {}
