/** Replay memories: where experience waits until it is learned from. Plain arrays, no ND4J. */
@NullMarked
package io.github.qosrl.rl.replay;

import org.jspecify.annotations.NullMarked;
