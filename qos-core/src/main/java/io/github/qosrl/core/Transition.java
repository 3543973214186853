package io.github.qosrl.core;

/**
 * One experience to learn from.
 *
 * @param observation what the agent saw
 * @param action the plan that was put in force, after any safety envelope changed it
 * @param reward what it brought
 * @param next what the agent saw then
 * @param terminated no reward follows {@code next}: do not bootstrap from it
 * @param truncated the episode was cut off after {@code next}: bootstrap from it, but let no n-step
 *     return run across it
 */
public record Transition(
    Observation observation,
    ShapingPlan action,
    double reward,
    Observation next,
    boolean terminated,
    boolean truncated) {}
