package io.github.qosrl.examples.config;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;

/**
 * A host on which nothing runs. A part that is made on it checks its settings, as every part does
 * first, and gets no further.
 */
final class Nowhere implements Host {

  @Override
  public String name() {
    return "nowhere";
  }

  @Override
  public CommandResult run(Command command) throws HostException {
    throw nothingRuns(command);
  }

  @Override
  public HostProcess start(Command command) throws HostException {
    throw nothingRuns(command);
  }

  @Override
  public String read(String path) throws HostException {
    throw nothingRuns(path);
  }

  @Override
  public void close() {}

  private static HostException nothingRuns(Object wanted) {
    return new HostException(
        HostException.Kind.UNREACHABLE, "'%s' is not for now: nothing runs here".formatted(wanted));
  }
}
