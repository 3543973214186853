package io.github.qosrl.linux.tc;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.ExitGuard;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.core.host.Hosts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that shapes an interface of this machine until it is killed, or its input ends. Prints
 * the id of its guard once it does. Given a line, it limits nothing any more, and says so.
 */
final class Victim {
  private Victim() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    try (Host host = Hosts.local();
        TcShaper shaper = link(host, args).htb()) {
      System.out.println(shaped(host, shaper));
      while (System.in.read() >= 0) {
        shaper.apply(ShapingPlan.UNLIMITED);
        System.out.println("idle");
      }
    } catch (QosException e) {
      System.out.println("failed: " + e.getMessage());
    }
  }

  private static String shaped(Host host, TcShaper shaper) throws InterruptedException {
    try {
      shaper.apply(ShapingPlan.of(BitRate.parse("20mbit"), BitRate.parse("5mbit")));
      return "ready " + ExitGuard.start(host).pid();
    } catch (QosException e) {
      return "failed: " + e.getMessage();
    }
  }

  /**
   * Starts it on a host, with the JVM of the caller.
   *
   * @param prefix what goes before the command
   */
  static HostProcess start(Host host, List<String> prefix, String classPath, String download)
      throws HostException {
    // A build in the background ignores SIGINT, and its children inherit that.
    List<String> argv = new ArrayList<>(List.of("env", "--default-signal=INT"));
    argv.addAll(prefix);
    argv.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            Victim.class.getName(),
            "wan",
            download));
    return host.start(Command.of(argv));
  }

  /** The next line that it prints. */
  static String line(HostProcess victim) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = victim.stdout().read(); c >= 0 && c != '\n'; c = victim.stdout().read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private static TcShaperBuilder link(Host host, String[] args) {
    TcShaperBuilder link = TcShaper.builder(host).wan(args[0]);
    return args[1].startsWith("ifb") ? link.ifb(args[1]) : link.lan(args[1]);
  }
}
