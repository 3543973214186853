/** What a machine has and lacks. */
@NullMarked
package io.github.qosrl.examples.doctor;

import org.jspecify.annotations.NullMarked;
