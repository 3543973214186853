/**
 * The loop: runs an agent in an environment at a fixed rate, within a safety envelope, and restores
 * the link on every exit.
 *
 * <p>{@link io.github.qosrl.core.control.ControlLoop} drives any environment. {@link
 * io.github.qosrl.core.control.LinkEnvironment} is the live one: probes, a shaper and a reward on a
 * rhythm. {@link io.github.qosrl.core.control.SafetyEnvelope} bounds what any agent may do, and
 * {@link io.github.qosrl.core.control.LoopListener}s watch.
 *
 * <pre>{@code
 * Environment link =
 *     LinkEnvironment.builder().shaper(shaper).probe(ping).probe(counters).build();
 * ControlLoop loop =
 *     ControlLoop.builder(link, agent)
 *         .fallback(new ReceiveRateAgent())
 *         .listener(log)
 *         .build();
 * loop.run();
 * }</pre>
 *
 * <p>What happens when something fails:
 *
 * <table>
 * <caption>Failures</caption>
 * <tr><th>what</th><th>the loop</th><th>event</th></tr>
 * <tr><td>a probe fails or hangs</td><td>goes on without its metrics, never waits</td>
 *     <td>PROBE_FAILED, PROBE_RECOVERED</td></tr>
 * <tr><td>the delay signal is blind, or the agent throws</td>
 *     <td>the fallback decides; without one the plan is held (blindness is then the agent's own
 *     affair)</td><td>FALLBACK_ENTERED, FALLBACK_LEFT</td></tr>
 * <tr><td>a change of plan fails</td><td>holds, and tries again every second</td>
 *     <td>SHAPER_FAILED or LINK_LOST, LINK_RESTORED</td></tr>
 * <tr><td>the first plan fails</td><td>ends with that exception; the link is restored</td>
 *     <td></td></tr>
 * <tr><td>a tick is late</td><td>goes on at the next moment of the grid</td><td>LATE</td></tr>
 * <tr><td>a listener throws</td><td>logs it, and goes on</td><td></td></tr>
 * <tr><td>stop, interrupt, SIGTERM, SIGINT, any exception</td>
 *     <td>ends; the link is restored</td><td></td></tr>
 * </table>
 *
 * <p>Imports {@code core}, {@code core.spi}, {@code core.host}, {@code core.estimate} and {@code
 * core.reward}.
 */
@NullMarked
package io.github.qosrl.core.control;

import org.jspecify.annotations.NullMarked;
