@NullMarked
package io.github.qosrl.core.policy;

import org.jspecify.annotations.NullMarked;
