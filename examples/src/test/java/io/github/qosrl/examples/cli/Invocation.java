package io.github.qosrl.examples.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The tool inside this JVM, where nobody watches: faster than a {@link Tool}. */
final class Invocation {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final PrintWriter outWriter = new PrintWriter(out, true);
  private final PrintWriter errWriter = new PrintWriter(err, true);
  final Terminal terminal = new Terminal(outWriter, errWriter, false, Ansi.OFF);
  private int code = -1;

  /** Runs a command to its end. */
  static Invocation of(String... args) {
    Invocation invocation = new Invocation();
    invocation.code = invocation.commandLine().execute(args);
    invocation.outWriter.flush();
    invocation.errWriter.flush();
    return invocation;
  }

  /** The command line, before anything is executed. */
  CommandLine commandLine() {
    return Qos.commandLine(terminal, outWriter, errWriter);
  }

  /** What it ended with. */
  int code() {
    return code;
  }

  /** What it printed as its result. */
  String out() {
    return out.toString();
  }

  /** What it printed of how it went. */
  String err() {
    return err.toString();
  }
}
