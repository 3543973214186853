package io.github.qosrl.core.spi;

/**
 * Whether a part can work on a host.
 *
 * @param available whether it can
 * @param reason why, or why not, in a few words
 * @param fix the command or step that would make it available; empty if there is none, or no need
 */
public record Availability(boolean available, String reason, String fix) {

  /** It can work. */
  public static Availability yes(String reason) {
    return new Availability(true, reason, "");
  }

  /**
   * It cannot work.
   *
   * @param fix the command or step that would change that; may be empty
   */
  public static Availability no(String reason, String fix) {
    return new Availability(false, reason, fix);
  }
}
