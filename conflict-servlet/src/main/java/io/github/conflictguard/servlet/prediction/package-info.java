/**
 * Predicts conflicts, and scores its predictions. Start at {@link
 * io.github.conflictguard.servlet.prediction.Prediction}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.prediction;
