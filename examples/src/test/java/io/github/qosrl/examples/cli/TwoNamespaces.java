package io.github.qosrl.examples.cli;

import io.github.qosrl.core.contract.Namespaces;
import io.github.qosrl.core.contract.Needs;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import java.util.List;

/** A router whose {@code wan0} leads to a server, in namespaces of their own. */
final class TwoNamespaces implements AutoCloseable {
  static final String SERVER = "10.78.0.2";

  private final String name = "qoscli-" + ProcessHandle.current().pid();
  private final Namespaces namespaces = Namespaces.make(name, name + "-far");
  private final Host local = namespaces.local();

  TwoNamespaces() throws Exception {
    Needs.program("tc");
    for (String words :
        new String[] {
          "link add wan0 netns %1$s type veth peer name far0 netns %1$s-far",
          "-n %1$s addr add 10.78.0.1/24 dev wan0",
          "-n %1$s-far addr add 10.78.0.2/24 dev far0",
          "-n %1$s link set lo up",
          "-n %1$s link set wan0 up",
          "-n %1$s-far link set far0 up"
        }) {
      run(Command.of(("ip " + words.formatted(name)).split(" ", -1)));
    }
  }

  /** The router, as the tool's {@code --host} takes it. */
  String host() {
    return "netns:" + name;
  }

  /** Runs a program in the router. */
  List<String> inside() {
    return List.of("ip", "netns", "exec", name);
  }

  /** What stands on the router's interface. */
  String qdiscs() throws Exception {
    return qdiscs("wan0");
  }

  /** What stands on one of the router's interfaces. */
  String qdiscs(String device) throws Exception {
    return local
        .run(Command.of("tc", "-n", name, "qdisc", "show", "dev", device))
        .orThrow()
        .stdout();
  }

  /** The classes on the router's interface. */
  String classes() throws Exception {
    return local
        .run(Command.of("tc", "-n", name, "class", "show", "dev", "wan0"))
        .orThrow()
        .stdout();
  }

  /** Runs tc in the router. */
  void tc(String words) throws Exception {
    run(Command.of(("tc -n " + name + " " + words).split(" ", -1)));
  }

  private void run(Command command) throws Exception {
    local.run(command).orThrow();
  }

  @Override
  public void close() {
    namespaces.close();
  }
}
