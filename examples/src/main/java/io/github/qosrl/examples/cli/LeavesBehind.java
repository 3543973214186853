package io.github.qosrl.examples.cli;

/** A command that has something to say about how it leaves things when it is interrupted. */
interface LeavesBehind {

  /** What is true then, for a person: {@code the link is as it was found}. */
  String afterInterruption();
}
