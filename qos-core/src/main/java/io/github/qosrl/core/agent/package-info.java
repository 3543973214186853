/**
 * Agents that need no training: a fixed rate, three levels, and two control laws.
 *
 * <table>
 * <caption>Which to take</caption>
 * <tr><th>id</th><th>class</th><th>what it does</th></tr>
 * <tr><td>{@code static}</td><td>{@link io.github.qosrl.core.agent.StaticAgent}</td>
 *     <td>one plan for ever: for links whose capacity does not move, and as a baseline</td></tr>
 * <tr><td>{@code three-level}</td><td>{@link io.github.qosrl.core.agent.ThreeLevelAgent}</td>
 *     <td>high, medium or low rates by thresholds of delay and loss</td></tr>
 * <tr><td>{@code autorate}</td><td>{@link io.github.qosrl.core.agent.AutorateAgent}</td>
 *     <td>the control law of cake-autorate, for comparison with it</td></tr>
 * <tr><td>{@code receive-rate}</td><td>{@link io.github.qosrl.core.agent.ReceiveRateAgent}</td>
 *     <td>reads the capacity from what arrives while the link is congested; needs no tuning, and is
 *     the one to fall back to</td></tr>
 * </table>
 *
 * <p>Each limits the directions that the plan of an episode's first observation limits; both, if
 * that plan limits none. Rates start from the plan in force, so that an agent goes on from whatever
 * a safety envelope or another agent has set. Imports {@code io.github.qosrl.core} and {@code
 * core.spi}.
 */
@NullMarked
package io.github.qosrl.core.agent;

import org.jspecify.annotations.NullMarked;
