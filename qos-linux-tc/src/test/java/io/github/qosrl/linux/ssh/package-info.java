@NullMarked
package io.github.qosrl.linux.ssh;

import org.jspecify.annotations.NullMarked;
