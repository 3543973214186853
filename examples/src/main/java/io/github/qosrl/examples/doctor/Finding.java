package io.github.qosrl.examples.doctor;

/**
 * One thing that was looked at.
 *
 * @param name what
 * @param state whether it is there
 * @param detail what was seen, in a few words
 * @param fix the command that would bring it; empty if there is none, or no need
 */
public record Finding(String name, State state, String detail, String fix) {

  /** Whether a thing is there. */
  public enum State {
    /** It is there. */
    OK,
    /** It is not, and something works less well, or not at all. */
    MISSING,
    /** It is not, and nothing can control a link without it. */
    NEEDED
  }

  static Finding ok(String name, String detail) {
    return new Finding(name, State.OK, detail, "");
  }

  static Finding missing(String name, String detail, String fix) {
    return new Finding(name, State.MISSING, detail, fix);
  }

  static Finding needed(String name, String detail, String fix) {
    return new Finding(name, State.NEEDED, detail, fix);
  }
}
