package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Observation;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.core.host.Hosts;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signal in the middle of a run: the link is restored before the machine is gone. */
@Timeout(180)
class ControlLoopSignalIT {

  /** Tells in a file that it restored the link; takes its time over it. */
  private record FileShaper(Path restored) implements Shaper {
    @Override
    public void apply(ShapingPlan plan) {}

    @Override
    public ShapingPlan current() {
      return ShapingPlan.UNLIMITED;
    }

    @Override
    public void close() {
      try {
        Thread.sleep(200);
        Files.writeString(restored, "restored");
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What runs in the other JVM. */
  public static final class Controller {
    private Controller() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws Exception {
      LinkEnvironment link =
          LinkEnvironment.builder()
              .shaper(new FileShaper(Path.of(args[0])))
              .interval(Duration.parse(args[1]))
              .build();
      ControlLoop.builder(link, observation -> ShapingPlan.UNLIMITED)
          .listener(
              new LoopListener() {
                @Override
                public void onStart(Observation first) {
                  System.out.println("running");
                }
              })
          .build()
          .run();
    }
  }

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"TERM PT0.05S", "INT PT0.05S", "TERM PT600S"})
  void restoresTheLink(String signalAndInterval) throws Exception {
    String signal = signalAndInterval.split(" ", 2)[0];
    String interval = signalAndInterval.split(" ", 2)[1];
    Path restored = directory.resolve("restored");
    Command java =
        Command.of(
            // A build in the background ignores SIGINT, and its children inherit that.
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Controller.class.getName(),
            restored.toString(),
            interval);
    try (Host host = Hosts.local();
        HostProcess controller = host.start(java);
        BufferedReader out =
            new BufferedReader(
                new InputStreamReader(controller.stdout(), StandardCharsets.UTF_8))) {
      assertEquals("running", out.readLine());
      host.run(Command.of("kill", "-" + signal, Long.toString(controller.pid()))).orThrow();
      assertTrue(controller.waitFor(Duration.ofSeconds(60)));
      assertEquals("restored", Files.readString(restored));
    }
  }
}
