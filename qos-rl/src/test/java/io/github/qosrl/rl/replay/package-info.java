@NullMarked
package io.github.qosrl.rl.replay;

import org.jspecify.annotations.NullMarked;
