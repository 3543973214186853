/** Throughput per direction from an interface's byte and packet counters. */
@NullMarked
package io.github.qosrl.probes.counters;

import org.jspecify.annotations.NullMarked;
