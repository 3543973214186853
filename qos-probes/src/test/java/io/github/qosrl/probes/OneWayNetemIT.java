package io.github.qosrl.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.contract.Needs;
import io.github.qosrl.core.contract.UmlKernel;
import io.github.qosrl.core.host.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the probes that tell the directions apart make of a delay that netem, on a full kernel, adds
 * to one direction only, after some seconds without. What the programs print is recorded, with the
 * time of each line, and printed again to the probe in the same time.
 *
 * <p>The lower quartile over the windows counts: netem is never early, and the simulated machine
 * has one CPU, which its host may take away, so what is wrong is too long.
 */
class OneWayNetemIT {
  private static final int[] DELAYS = {5, 50, 300};
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final int SECONDS_BEFORE = 5;
  private static final int SECONDS_AFTER = 5;

  /** What each program printed on each cable, by program and number. */
  private static final Map<String, TimedTranscript> TRANSCRIPTS = new HashMap<>();

  /** A line for each cable: its number, the direction that is delayed, the delay. */
  private static List<String[]> cables() {
    List<String[]> cables = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      for (int delay : DELAYS) {
        cables.add(
            new String[] {
              Integer.toString(cables.size()), direction.label(), Integer.toString(delay)
            });
      }
    }
    return cables;
  }

  private static String address(String cable) {
    return "10.213.%s.2".formatted(cable);
  }

  private static String script() {
    StringBuilder script =
        new StringBuilder(
            """
            cd /run
            stamped() { perl -MTime::HiRes=time -ne 'BEGIN { $| = 1 } printf "%.6f %s", time, $_'; }
            """);
    String laid =
        """
        ip netns add far%1$s
        ip link add wan%1$s type veth peer name eth0 netns far%1$s
        ip addr add 10.213.%1$s.1/24 dev wan%1$s
        ip -n far%1$s addr add 10.213.%1$s.2/24 dev eth0
        ip -n far%1$s link set eth0 up
        ip link set wan%1$s up
        tc qdisc add dev wan%1$s root netem limit 10000
        ip netns exec far%1$s tc qdisc add dev eth0 root netem limit 10000
        ip netns exec far%1$s irtt server -b 10.213.%1$s.2 >/dev/null 2>&1 &
        """;
    for (String[] cable : cables()) {
      script.append(laid.formatted(cable[0]));
    }
    script.append("sleep 1\n");
    int seconds = SECONDS_BEFORE + SECONDS_AFTER;
    StringBuilder all = new StringBuilder();
    for (String[] cable : cables()) {
      all.append(' ').append(address(cable[0]));
      script.append(
          "irtt client --loose -d %ds -i 100ms --wait=1s %s 2>&1 | stamped >irtt%s &\n"
              .formatted(seconds, address(cable[0]), cable[0]));
    }
    script.append(
        "timeout -s INT %d %s -l -D --icmp-timestamp -t 10000 -p 100 -i 16%s >fping 2>&1 &\n"
            .formatted(seconds, fping(), all));
    script.append("sleep ").append(SECONDS_BEFORE).append("\ndate +%s.%N >changed\n");
    for (String[] cable : cables()) {
      script.append(cable[1].equals("upload") ? "" : "ip netns exec far%s ".formatted(cable[0]));
      script.append(
          "tc qdisc change dev %s root netem limit 10000 delay %sms\n"
              .formatted(cable[1].equals("upload") ? "wan" + cable[0] : "eth0", cable[2]));
    }
    script.append("sleep ").append(SECONDS_AFTER + 2).append('\n');
    for (String[] cable : cables()) {
      script.append(
          "echo CASE irtt %1$s; cat changed irtt%1$s; echo CASE fping-timestamp %1$s; cat changed\n"
              .formatted(cable[0]));
      script.append("grep ' %s *:' fping || true\n".formatted(address(cable[0])));
    }
    return script.toString();
  }

  /** The fping to test: Debian 12's has no ICMP timestamps. */
  private static String fping() {
    return System.getProperty("qos.fping", "fping");
  }

  @BeforeAll
  static void delayOneDirectionOfEach() throws Exception {
    UmlKernel.needed();
    String printed = UmlKernel.run(List.of("veth", "sch_netem"), script(), Duration.ofMinutes(1));
    for (String part : printed.split("CASE ", 0)) {
      int end = part.indexOf('\n');
      if (end > 0) {
        TRANSCRIPTS.put(part.substring(0, end), new TimedTranscript(part.substring(end + 1)));
      }
    }
  }

  private static void needed(String id) throws Exception {
    if (id.equals("irtt")) {
      Needs.succeeds(Command.of("irtt", "version"), "irtt; on Debian: sudo apt-get install irtt");
    } else {
      Needs.succeeds(
          Command.of("sh", "-c", fping() + " --help | grep -q icmp-timestamp"),
          "fping 5.3 or later; name one with -Dqos.fping=/path/to/fping");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "irtt, upload, 1.0",
    "irtt, download, 1.0",
    "fping-timestamp, upload, 1.5",
    "fping-timestamp, download, 1.5"
  })
  void aDelayOfOneDirectionIsSeenThereAndNotInTheOther(
      String id, String delayed, double toleranceMillis) throws Exception {
    needed(id);
    Direction direction = Direction.valueOf(delayed.toUpperCase(Locale.ROOT));
    Direction other = direction == Direction.UPLOAD ? Direction.DOWNLOAD : Direction.UPLOAD;
    for (String[] cable : cables()) {
      if (!cable[1].equals(delayed)) {
        continue;
      }
      String name = id + " " + cable[0];
      TimedTranscript transcript = Objects.requireNonNull(TRANSCRIPTS.get(name), name);
      List<Measurement> windows =
          transcript.measure(
              id,
              EchoOptions.builder(List.of(Target.of(address(cable[0]))))
                  .interval(INTERVAL)
                  .build());
      double delay = Integer.parseInt(cable[2]);
      String seen = name + "\n" + transcript;
      assertEquals(
          delay, TimedTranscript.quartileMillis(windows, direction), toleranceMillis, seen);
      assertEquals(0, TimedTranscript.quartileMillis(windows, other), 0.5, seen);
    }
  }
}
