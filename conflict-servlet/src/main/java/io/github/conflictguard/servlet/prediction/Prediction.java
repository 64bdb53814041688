package io.github.conflictguard.servlet.prediction;

/** Placeholder of the first step. */
final class Prediction {}
