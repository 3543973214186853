package io.github.qosrl.core.control;

import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import java.time.Duration;

/**
 * One turn of the control loop.
 *
 * @param number counts from 0
 * @param before what the agent saw
 * @param proposed the plan that the agent, or its fallback, asked for
 * @param applied the plan that was put in force after the safety envelope
 * @param step what came of it
 * @param fallback whether the fallback agent decided
 * @param decisionTime how long the decision took
 */
public record Tick(
    long number,
    Observation before,
    ShapingPlan proposed,
    ShapingPlan applied,
    Step step,
    boolean fallback,
    Duration decisionTime) {}
