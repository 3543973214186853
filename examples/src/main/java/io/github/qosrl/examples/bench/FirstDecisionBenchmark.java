package io.github.qosrl.examples.bench;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.policy.PolicyFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the start of a new JVM to its end, with a policy loaded and one decision made between. Its
 * class path is that of a program which decides and does not learn: qos-core and what it needs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@org.openjdk.jmh.annotations.Measurement(iterations = 10)
@Fork(1)
public class FirstDecisionBenchmark {
  private static final Pattern DECIDING =
      Pattern.compile(
          "(examples|qos-core|jackson-core|guava|failureaccess|slf4j-api|commons-exec|jspecify)-\\d.*");

  private final Host host = Hosts.local();
  private Path file = Path.of("");

  /** Writes the policy file. */
  @Setup
  public void prepare() throws IOException, QosException {
    file = Files.createTempFile("qos-bench", ".safetensors");
    PolicyFile.write(file, PolicyBenchmark.randomPolicy());
  }

  /** Removes it. */
  @TearDown
  public void clean() throws IOException {
    Files.deleteIfExists(file);
    host.close();
  }

  private static String classPath() {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(FirstDecisionBenchmark::needed)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean needed(String entry) {
    Path path = Path.of(entry);
    return Files.isDirectory(path) || DECIDING.matcher(path.getFileName().toString()).matches();
  }

  /** A whole process. */
  @Benchmark
  public String process() throws QosException, InterruptedException {
    CommandResult result =
        host.run(
            Command.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                FirstDecision.class.getName(),
                file.toString()));
    return result.orThrow().stdout();
  }
}
