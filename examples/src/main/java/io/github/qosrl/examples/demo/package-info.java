/** The demonstration: train a policy, and set it against the others. */
@NullMarked
package io.github.qosrl.examples.demo;

import org.jspecify.annotations.NullMarked;
