@NullMarked
package io.github.qosrl.rl;

import org.jspecify.annotations.NullMarked;
