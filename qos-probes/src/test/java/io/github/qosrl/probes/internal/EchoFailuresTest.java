package io.github.qosrl.probes.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What ping (iputils 20221126), fping (5.1) and irtt (0.9.0) say when they cannot work, and what we
 * make of it.
 */
class EchoFailuresTest {
  private static final EchoOptions OPTIONS =
      EchoOptions.builder(List.of(Target.of("192.0.2.1")))
          .interfaceName("wan0")
          .source("192.0.2.9")
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ping  | ping: nosuch.example: Name or service not known                | getent hosts
          ping  | ping: nosuch.example: Temporary failure in name resolution      | getent hosts
          ping  | ping: connect: Network is unreachable                           | ip route get
          ping  | ping: SO_BINDTODEVICE wan0: No such device                      | wan0 is not): ip link
          fping | binding to specific interface (SO_BINTODEVICE): No such device  | wan0 is not): ip link
          ping  | ping: bind: Cannot assign requested address                     | 192.0.2.9 is not): ip addr
          ping  | ping: cannot flood; minimal interval allowed for user is 2ms    | 200ms or more
          ping  | ping: socket: Operation not permitted                           | sudo setcap cap_net_raw+ep $(command -v ping)
          fping | fping: can't create socket (must run as root?)                  | sudo setcap cap_net_raw+ep $(command -v fping)
          fping | fping: invalid option -- 'l'                                    | sudo apt-get install fping
          ping  | ping: invalid option -- 'O'                                     | sudo apt-get install iputils-ping
          ping  | ping: fd00::1: Address family for hostname not supported        | same IP version
          fping | fping: invalid option -- 'icmp-timestamp'                       | fping 5.3 or later
          irtt  | Error: lookup nosuch.example on 192.0.2.53:53: no such host     | getent hosts
          irtt  | Error: dial udp4 192.0.2.9:0->192.0.2.1:2112: bind: cannot assign requested address | 192.0.2.9 is not): ip addr
          irtt  | Error: read udp4 192.0.2.9:4->192.0.2.1:2112: read: connection refused | irtt server
          irtt  | [OpenTimeout] no reply from server                              | the same hmac
          irtt  | Error: dial udp4 [::1]:0->192.0.2.1:2112: address ::1: non-IPv4 address | same IP version
          ping  | ping: something that nobody has seen yet                        | run it by hand
          """)
  void eachFailureNamesWhatItSaidAndTheFix(String program, String stderr, String fix) {
    String message = EchoFailures.explain(program, "192.0.2.1", OPTIONS, 2, stderr);
    assertTrue(message.contains(stderr) && message.contains(fix), message);
    assertFalse(message.contains("\n"), message);
  }

  @ParameterizedTest
  @CsvSource({"ping, 137", "fping, 4"})
  void oneThatSaysNothingIsToldByItsExitCode(String program, int exitCode) {
    String message = EchoFailures.explain(program, "192.0.2.1", OPTIONS, exitCode, "");
    assertTrue(message.contains("exit code " + exitCode), message);
  }
}
