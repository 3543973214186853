package io.github.qosrl.probes.irtt;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.internal.EchoBinding;
import io.github.qosrl.probes.internal.EchoSource;
import io.github.qosrl.probes.internal.EchoWindows;
import io.github.qosrl.probes.internal.LineProcess;
import io.github.qosrl.probes.internal.ProcessPerTarget;
import io.github.qosrl.probes.internal.SourceBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One irtt client per target, session after session. */
final class IrttSource {
  static final String KEY = "--hmac=";

  /**
   * The client keeps every round trip until the session ends, some 200 bytes each: an hour at the
   * shortest interval are about 15 MB.
   */
  private static final Duration SESSION = Duration.ofHours(1);

  /** How long the client stays for answers after its last packet: no longer without packets. */
  private static final Duration STAY = Duration.ofSeconds(1);

  /** Longer than the client asks the server in vain: 1, 2, 4 and 8 s. */
  private static final Duration FIRST_SILENCE = Duration.ofSeconds(20);

  /** Nothing is printed while nothing is answered. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private IrttSource() {}

  /**
   * Starts a client for each target. It sends as often on an idle link: a session begins with a
   * handshake, which may be lost, or wait for long, just when traffic begins.
   *
   * @param key for the packets' HMAC; empty for none
   * @throws HostException if one could not be started
   */
  static EchoSource start(
      Host host,
      EchoBinding binding,
      String key,
      MonotonicClock clock,
      EchoWindows windows,
      List<Target> targets)
      throws HostException {
    return ProcessPerTarget.startSteady(
        targets,
        binding,
        last -> SourceBinding.renewed(host, "irtt", last),
        (target, bound) ->
            LineProcess.start(
                host,
                command(target, bound, key),
                target.isLiteral() ? FIRST_SILENCE : FIRST_SILENCE.plus(LineProcess.LOOK_UP),
                SILENCE.plus(bound.options().interval()),
                new IrttLines(
                    target,
                    bound.options(),
                    windows,
                    () -> command(target, SourceBinding.renewed(host, "irtt", bound), key)),
                clock));
  }

  /** The command for one target. What the server restricts is accepted, and told. */
  static Command command(Target target, EchoBinding binding, String key) {
    EchoOptions options = binding.options();
    String source = binding.source(target);
    List<String> argv = new ArrayList<>(List.of("irtt", "client", "--loose"));
    argv.addAll(List.of("-d", SESSION.toSeconds() + "s"));
    argv.addAll(List.of("-i", options.interval().toMillis() + "ms"));
    argv.add("--wait=" + STAY.toMillis() + "ms");
    if (options.size() != EchoOptions.DEFAULT_SIZE) {
      argv.addAll(List.of("-l", Integer.toString(options.size())));
    }
    if (options.dscp() != 0) {
      // It takes the whole octet, whatever its help says; the code point is its upper six bits.
      argv.add("--dscp=" + (options.dscp() << 2));
    }
    if (!source.isEmpty()) {
      argv.add("--local=" + bracketed(source));
    }
    if (!key.isEmpty()) {
      argv.add(KEY + key);
    }
    String server = bracketed(target.host());
    argv.add(target.port() == 0 ? server : server + ":" + target.port());
    return Command.of(argv);
  }

  private static String bracketed(String address) {
    return address.indexOf(':') < 0 ? address : "[" + address + "]";
  }
}
