@NullMarked
package io.github.qosrl.linux.tc;

import org.jspecify.annotations.NullMarked;
