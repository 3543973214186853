/**
 * Learning: a deep Q-network that learns from {@code float[]} observations which of a few actions
 * to take, the agent that makes it speak of links, and the trainer.
 *
 * <p>{@link io.github.qosrl.rl.DqnUpdate} is the paper's update; start reading there.
 */
@NullMarked
package io.github.qosrl.rl;

import org.jspecify.annotations.NullMarked;
