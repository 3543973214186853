package io.github.qosrl.examples.cli;

import io.github.qosrl.core.QosException;
import io.github.qosrl.examples.bench.LearnerTable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code qos bench}: measures the hot paths with JMH. */
@Command(
    name = "bench",
    description = "Measures what the library's hot paths cost, with JMH: a figure and its spread.",
    footer = {"  qos bench --list", "  qos bench Policy --iterations 10"})
final class BenchCommand implements Callable<Integer> {
  private static final String PACKAGE = "io\\.github\\.qosrl\\.examples\\.bench\\.";

  @Parameters(
      paramLabel = "NAME",
      description = "Part of a benchmark's name, such as Policy or GradientStep. Default: all")
  private List<String> names = List.of();

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Measured iterations of each benchmark, of one second. Default: 5",
      defaultValue = "5")
  private int iterations;

  @Option(names = "--list", description = "Print the benchmarks' names, and run none.")
  private boolean list;

  @Option(names = "--json", description = "Print JMH's JSON on standard output, and nothing else.")
  private boolean json;

  @Option(
      names = "--allocations",
      description = "Also measure the bytes that an operation allocates: gc.alloc.rate.norm.")
  private boolean allocations;

  private final Terminal terminal;

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws QosException {
    if (iterations < 1) {
      throw new UsageException("--iterations is " + iterations + "; accepted: 1 or more");
    }
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(1)
            .warmupIterations(3)
            .measurementIterations(iterations)
            .verbosity(json ? VerboseMode.SILENT : VerboseMode.NORMAL);
    if (allocations) {
      options.addProfiler(GCProfiler.class);
    }
    if (names.isEmpty()) {
      options.include(PACKAGE);
    }
    names.forEach(name -> options.include(PACKAGE + ".*" + name));
    try {
      Runner runner = new Runner(options.build());
      if (list) {
        runner.list();
      } else {
        print(runner.run());
      }
    } catch (NoBenchmarksException e) {
      throw new UsageException(
          "no benchmark is named %s; qos bench --list shows them"
              .formatted(String.join(" or ", names)));
    } catch (RunnerException e) {
      throw new QosException("the benchmarks could not be run: " + e.getMessage(), e);
    }
    return ExitCode.OK.code();
  }

  /** Without JSON, JMH itself has printed a table of everything. */
  private void print(Collection<RunResult> results) {
    if (!json) {
      LearnerTable.of(results).ifPresent(table -> terminal.printRaw("\n" + table));
    } else {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      ResultFormatFactory.getInstance(
              ResultFormatType.JSON, new PrintStream(text, true, StandardCharsets.UTF_8))
          .writeOut(results);
      terminal.printRaw(text.toString(StandardCharsets.UTF_8).strip());
    }
  }
}
