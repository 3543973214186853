/**
 * The laboratory: a small internet in network namespaces of this machine, with a bottleneck whose
 * capacity moves, real TCP through the real kernel, and a controller under test.
 */
@NullMarked
package io.github.qosrl.examples.lab;

import org.jspecify.annotations.NullMarked;
