package io.github.qosrl.core.control;

import java.time.Instant;

/**
 * Something worth telling that happened in a control loop.
 *
 * @param time when
 * @param kind what kind of thing
 * @param message one line for a person: what happened, and what it means
 */
public record LoopEvent(Instant time, Kind kind, String message) {

  /** What kind of thing happened. */
  public enum Kind {
    /** A probe could not measure; its metrics are absent. */
    PROBE_FAILED,
    /** A probe measures again. */
    PROBE_RECOVERED,
    /** The agent was relieved: the signal is blind, or the agent failed. */
    FALLBACK_ENTERED,
    /** The agent is in charge again. */
    FALLBACK_LEFT,
    /** Echoes have stopped to show the users' queues, or show them again. */
    SIGNAL_CHANGED,
    /** The interface is gone, or its qdisc was removed. */
    LINK_LOST,
    /** The interface is there again and the plan is in force. */
    LINK_RESTORED,
    /** A plan could not be put in force. */
    SHAPER_FAILED,
    /** A tick started late: the machine is overloaded, or was suspended. */
    LATE,
    /** Hardly anything has passed for a while: the link is probed slowly until something does. */
    LINK_IDLE,
    /** Traffic passes again: the link is probed at the full rate. */
    LINK_ACTIVE
  }
}
