/**
 * A controller described without code: the configuration file and its options, read and checked as
 * a whole so that all mistakes are told at once.
 */
@NullMarked
package io.github.qosrl.examples.config;

import org.jspecify.annotations.NullMarked;
