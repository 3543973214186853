package io.github.qosrl.core;

/**
 * Somebody else already shapes the interface: a qdisc that is not ours, or another controller. The
 * link was not touched.
 */
public class LinkInUseException extends ShaperException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is there, and how to remove or replace it
   */
  public LinkInUseException(String message) {
    super(message);
  }

  /**
   * @param message what is there, and how to remove or replace it
   * @param cause what went wrong below
   */
  public LinkInUseException(String message, Throwable cause) {
    super(message, cause);
  }
}
