@NullMarked
package io.github.qosrl.examples.dashboard;

import org.jspecify.annotations.NullMarked;
