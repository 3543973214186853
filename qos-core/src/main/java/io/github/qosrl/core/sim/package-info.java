/**
 * A simulated link: the contract of a live one, with no kernel, in virtual time.
 *
 * <p>A {@link io.github.qosrl.core.sim.Scenario} says what the link is like; {@link
 * io.github.qosrl.core.sim.Scenarios} names some, {@link io.github.qosrl.core.sim.ScenarioSet}
 * draws others; {@link io.github.qosrl.core.sim.SimulatedLink} plays one. Imports nothing of the
 * library but its values, the SPI, the delay signal and the standard reward.
 *
 * <h2>The model</h2>
 *
 * Traffic is fluid: bytes that flow in steps of at most 10 ms, at least four a round trip. Losses,
 * congestion windows, CAKE's drops and probes stay discrete. A queue serves in order of arrival and
 * keeps each flow's bytes apart, so that acknowledgements clock their senders through both
 * directions' queues. A probe's place in a queue is exact within a step.
 *
 * <h2>What is seen</h2>
 *
 * An observation has what pings saw, what the interface counted, what our shaper holds, and what
 * the headers of the users' packets tell at the WAN interface, each direction for itself ({@link
 * io.github.qosrl.core.FlowMetrics}). The last is worked out from the bottlenecks' queues: how long
 * what leaves them has waited, and which data has been acknowledged by what has come back through
 * the download's queue. {@link io.github.qosrl.core.sim.PassiveSignals} says what is wrong with it:
 * flows without timestamps, QUIC, coarse clocks that drift, receivers that hold acknowledgements
 * back. A new flow tells no one-way delay for a quarter of a second. Not in the model: packets that
 * overtake others, clocks that jump, kernels that look at a part of the packets; and under QUIC the
 * shares of the flows are those of what they send, not of what passes.
 *
 * <p>Where a scenario serves ICMP apart, pings wait in no bottleneck's queue; the probes that keep
 * the score do.
 *
 * <h2>Simulated and real</h2>
 *
 * The same open-loop control on the same capacity, here and on a Linux 7.2 kernel (User-Mode Linux
 * in time-travel mode, veth, HTB bottleneck with a byte FIFO of 750 ms, netem 40 ms, CAKE on the
 * router, four CUBIC downloads by iperf3, ping every 100 ms; 40 to 80 s): part of the capacity that
 * was used / 95th percentile of RTT inflation in ms. <i>LTE</i> is 1 min of Mahimahi's
 * TMobile-LTE-short in bins of 100 ms, smoothed over 1 s, scaled to a mean of 17 Mbit/s; <i>20</i>
 * is a constant 20 Mbit/s; <i>random</i> limits are another rate every 500 ms, log-uniform in 0.4
 * to 1.4 of the mean. Simulated figures are means over five seeds, real ones single runs, and the
 * model was fitted to these same runs: read the table as how well it fits, not as how well it
 * predicts.
 *
 * <table>
 * <caption>Simulated against real</caption>
 * <tr><th>capacity, limit</th><th>simulated</th><th>real</th></tr>
 * <tr><td>20, none</td><td>1.00 / 750</td><td>.99 / 749</td></tr>
 * <tr><td>40 and 10 in turn, none</td><td>1.00 / 1876</td><td>.99 / 1873</td></tr>
 * <tr><td>40 and 10 in turn, 95 % of the mean</td><td>.66 / 1876</td><td>.65 / 1873</td></tr>
 * <tr><td>40 and 10 in turn, 95 % of the capacity</td><td>.93 / 3</td><td>.93 / 4</td></tr>
 * <tr><td>20, none, also four uploads</td><td>.95 and .98 / 1084</td><td>.97 and .97 / 811</td></tr>
 * <tr><td>20, 95 %</td><td>.94 / 1.3</td><td>.92 / 2.0</td></tr>
 * <tr><td>20, random</td><td>.70 / 9</td><td>.66 / 6</td></tr>
 * <tr><td>LTE, none</td><td>1.00 / 1770</td><td>.99 / 1800</td></tr>
 * <tr><td>LTE, 95 % of the mean</td><td>.78 / 474</td><td>.77 / 595</td></tr>
 * <tr><td>LTE, 95 % of the 10th percentile</td><td>.35 / 67</td><td>.35 / 70</td></tr>
 * <tr><td>LTE, 95 % of the capacity every 100 ms</td><td>.93 / 10</td><td>.92 / 8</td></tr>
 * <tr><td>the same, also four uploads</td><td>.94 and .94 / 10</td><td>.91 and .90 / 9</td></tr>
 * <tr><td>the same, one download</td><td>.84 / 7</td><td>.81 / 3</td></tr>
 * <tr><td>LTE, random</td><td>.63 / 155</td><td>.62 / 169</td></tr>
 * <tr><td>20, random, one download</td><td>.57 / 1.1</td><td>.53 / 1.0</td></tr>
 * <tr><td>20, random, sixteen downloads</td><td>.71 / 48</td><td>.67 / 60</td></tr>
 * <tr><td>20, random, RTT 10 ms</td><td>.73 / 28</td><td>.72 / 29</td></tr>
 * <tr><td>20, random, RTT 150 ms</td><td>.47 / 1.1</td><td>.45 / 1.0</td></tr>
 * <tr><td>20, random, NewReno</td><td>.69 / 19</td><td>.68 / 18</td></tr>
 * <tr><td>20, random, 4 s on, 4 s off</td><td>.36 / 14</td><td>.35 / 4</td></tr>
 * </table>
 *
 * <p>The same with controllers that react to what they see, and with BBR: {@code
 * qos-core/SIMULATOR.md}.
 *
 * <p>What the model lacks: bursts within a step, so that delays below 3 ms are only of the right
 * order; retransmission timeouts of very small windows; BBR beyond its outline. A new connection's
 * slow start overshoots more than in the kernel.
 */
@NullMarked
package io.github.qosrl.core.sim;

import org.jspecify.annotations.NullMarked;
