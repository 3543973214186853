/** Benchmarks: what the library's hot paths cost. Run by JMH, never as a test. */
@NullMarked
package io.github.qosrl.examples.bench;

import org.jspecify.annotations.NullMarked;
