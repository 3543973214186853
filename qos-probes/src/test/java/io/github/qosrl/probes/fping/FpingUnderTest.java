package io.github.qosrl.probes.fping;

import io.github.qosrl.core.contract.ForwardingHost;
import io.github.qosrl.core.contract.Needs;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * A fping that has ICMP timestamps, 5.3 or later: the one on the path, or the one that {@code
 * -Dqos.fping=/path/to/fping} names, since Debian 12's is 5.1.
 */
public final class FpingUnderTest extends ForwardingHost {
  private FpingUnderTest(Host host) {
    super(host);
  }

  /** Its name, or path. */
  public static String program() {
    return System.getProperty("qos.fping", "fping");
  }

  /** Skips the test if there is none. */
  public static void needed() throws InterruptedException {
    Needs.succeeds(
        Command.of("sh", "-c", program() + " --help | grep -q icmp-timestamp"),
        "fping 5.3 or later; name one with -Dqos.fping=/path/to/fping");
  }

  /** A host on which it is what {@code fping} means; skips the test if there is none. */
  public static Host on(Host host) throws InterruptedException {
    needed();
    return new FpingUnderTest(host);
  }

  private static Command replaced(Command command) {
    if (!command.program().equals("fping")) {
      return command;
    }
    List<String> argv = new ArrayList<>(command.argv());
    argv.set(0, program());
    return new Command(argv, command.timeout(), command.input());
  }

  @Override
  public CommandResult run(Command command) throws HostException, InterruptedException {
    return super.run(replaced(command));
  }

  @Override
  public HostProcess start(Command command) throws HostException {
    return super.start(replaced(command));
  }
}
