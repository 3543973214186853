/**
 * Decisions by a small neural network, in plain Java: from an observation to features, from
 * features to an action's index, from the index to a limit, and the file that a trained policy
 * travels in.
 *
 * <p>Vectors exist only here and where learning lives. No ND4J.
 */
@NullMarked
package io.github.qosrl.core.policy;

import org.jspecify.annotations.NullMarked;
