package io.github.qosrl.linux.tc;

import io.github.qosrl.core.contract.ForwardingHost;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.util.function.UnaryOperator;

/** A host on which programs are other than they should be, from some moment on. */
final class FaultyHost extends ForwardingHost {
  private volatile UnaryOperator<Command> fault = UnaryOperator.identity();

  FaultyHost(Host host) {
    super(host);
  }

  /** From now on, other commands run than those that are asked for. */
  void breaks(UnaryOperator<Command> how) {
    fault = how;
  }

  /** From now on, all is well again. */
  void heals() {
    fault = UnaryOperator.identity();
  }

  @Override
  public CommandResult run(Command command) throws HostException, InterruptedException {
    return super.run(fault.apply(command));
  }

  @Override
  public HostProcess start(Command command) throws HostException {
    return super.start(fault.apply(command));
  }
}
