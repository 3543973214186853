/**
 * Contract tests that every probe, shaper, environment, agent and host must pass, and the fakes to
 * test against. Published as {@code qos-core}'s test-jar: extend a contract with a factory method
 * for your own part.
 */
@NullMarked
package io.github.qosrl.core.contract;

import org.jspecify.annotations.NullMarked;
