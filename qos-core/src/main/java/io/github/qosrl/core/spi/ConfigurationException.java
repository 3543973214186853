package io.github.qosrl.core.spi;

import io.github.qosrl.core.QosException;
import java.util.List;

/** A configuration has mistakes. All of them are listed at once. */
public final class ConfigurationException extends QosException {
  private static final long serialVersionUID = 1L;
  private final transient List<String> problems;

  /**
   * @param problems one line each: the key, the value, what is accepted; at least one
   */
  public ConfigurationException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.get(0)
            : problems.size() + " mistakes:\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /** The mistakes, one line each. */
  public List<String> problems() {
    return problems;
  }
}
