package io.github.qosrl.core.spi;

import io.github.qosrl.core.QosException;

/** No provider fits, or the providers on the class path contradict each other. */
public final class PluginException extends QosException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was looked for, what was seen, and what to add
   */
  public PluginException(String message) {
    super(message);
  }
}
