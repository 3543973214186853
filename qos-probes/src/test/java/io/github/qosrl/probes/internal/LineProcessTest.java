package io.github.qosrl.probes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.FakeProcess;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineProcessTest {
  private static final Duration SILENCE = Duration.ofSeconds(3);
  private static final int DONE = 7;
  private final FakeHost host = new FakeHost();
  private final VirtualClock clock = new VirtualClock();
  private final List<LineProcess> started = new ArrayList<>();
  private final List<String> read = new CopyOnWriteArrayList<>();
  private final List<Instant> tended = new CopyOnWriteArrayList<>();

  private LineProcess start(Host on) throws HostException {
    LineProcess process =
        LineProcess.start(
            on,
            Command.of("ping", "192.0.2.1"),
            SILENCE,
            SILENCE,
            new LineProcess.Listener() {
              @Override
              public boolean line(String text, Instant at) {
                read.add(text);
                return text.startsWith("good");
              }

              @Override
              public void tended(Instant now) {
                tended.add(now);
              }

              @Override
              public boolean isDone(int exitCode) {
                return exitCode == DONE;
              }

              @Override
              public String shown(Command command) {
                return "the " + command.program();
              }

              @Override
              public String explain(int exitCode, String stderr) {
                return "exit code " + exitCode + " " + stderr;
              }
            },
            clock);
    started.add(process);
    return process;
  }

  @AfterEach
  void close() {
    started.forEach(LineProcess::close);
  }

  private void awaitProcesses(int count) throws InterruptedException {
    while (host.processes().size() < count) {
      Thread.sleep(1);
    }
  }

  @Test
  void whoeverTendsItReadsWhatIsThere() throws Exception {
    LineProcess process = start(host);
    host.process().print("good\nbad\nhal");
    process.tend(clock.now());
    assertEquals(List.of("good", "bad"), read);
  }

  @Test
  void whatNobodyTendsIsReadAnyway() throws Exception {
    start(host);
    host.process().print("good\n");
    while (read.isEmpty()) {
      Thread.sleep(1);
    }
    host.process().print("last, without an end\nof");
    host.process().exit(0);
    awaitProcesses(2);
    assertEquals(List.of("good", "last, without an end"), read);
  }

  @Test
  void pausesDoubleUpToHalfAMinuteWhileItKeepsDying() throws Exception {
    start(host);
    Instant before = clock.now();
    for (int i = 0; i < 10; i++) {
      awaitProcesses(i + 1);
      host.processes().get(i).exit(1);
    }
    awaitProcesses(11);
    // 250 ms, 500 ms, 1, 2, 4, 8, 16, 30, 30, 30 s.
    double seconds = Duration.between(before, clock.now()).toMillis() / 1e3;
    assertEquals(121.75, seconds, 1e-9);
  }

  @Test
  void oneThatHasDoneItsPartIsFollowedAtOnceAndIsNoFailure() throws Exception {
    LineProcess process = start(host);
    Instant before = clock.now();
    for (int i = 0; i < 10; i++) {
      awaitProcesses(i + 1);
      host.processes().get(i).exit(DONE);
    }
    awaitProcesses(11);
    assertEquals(before, clock.now());
    assertTrue(process.failure().isEmpty());
  }

  @Test
  void whoListensIsToldWhenAllIsReadUnlessSomethingIsWrong() throws Exception {
    LineProcess process = start(host);
    process.tend(clock.now());
    assertEquals(List.of(clock.now()), tended);
    clock.advance(SILENCE.plusSeconds(1));
    process.tend(clock.now());
    assertEquals(1, tended.size());
    String message = process.failure().orElse("");
    assertTrue(message.startsWith("'the ping' has printed nothing"), message);
  }

  @Test
  void aFloodOnStandardErrorEndsItToo() throws Exception {
    start(host);
    FakeProcess first = host.process();
    first.printError("sendmsg: No buffer space available\n".repeat(50_000));
    first.print("good\n");
    awaitProcesses(2);
    assertTrue(first.closed());
  }

  @Test
  void nobodyWaitsForOneThatWillNotEnd() throws Exception {
    try (StubbornHost stubborn = new StubbornHost(host)) {
      LineProcess process = start(stubborn);
      clock.advance(SILENCE.plusSeconds(1));
      // These return, though no process ends before the test does.
      process.tend(clock.now());
      assertTrue(process.failure().orElse("").contains("has printed nothing"));
      process.restart();
      process.closeLater();
    }
  }
}
