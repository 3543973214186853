package io.github.qosrl.examples.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code qos} tool. */
@Command(
    name = "qos",
    description = "Keeps the delay of a Linux link low at any load, by setting its rate.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Qos.Version.class,
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      TrainCommand.class,
      CompareCommand.class,
      ScenariosCommand.class,
      LabCommand.class,
      ProbeCommand.class,
      TcCommand.class,
      PolicyCommand.class,
      BenchCommand.class,
      AblationCommand.class,
      DoctorCommand.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  qos doctor                what this machine has and lacks",
      "  sudo qos demo             all of it in some minutes, on links made for it",
      "  sudo qos run --wan eth0 --target 1.1.1.1:dns",
      "  qos COMMAND --help        the options of a command, and examples"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a fault in the program; please report it",
      "2:a mistake in the command line, or in a file that it names",
      "3:the machine lacks something: a tool, a permission, a host, disk space, …",
      "4:somebody else already shapes the interface",
      "130:stopped by Ctrl-C (143: by SIGTERM); the link is as it was found"
    })
public final class Qos implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
    Terminal terminal = Terminal.system(out, err);
    Interruption interruption = Interruption.ofThisThread();
    int code = commandLine(terminal, out, err).execute(args);
    out.flush();
    err.flush();
    interruption.finished();
    System.exit(code);
  }

  /** The tool's command line, writing to the given terminal. */
  static CommandLine commandLine(Terminal terminal, PrintWriter out, PrintWriter err) {
    Failures failures = new Failures(terminal, System.getenv("QOS_DEBUG") != null);
    CommandLine qos = new CommandLine(new Qos(), new Parts(terminal));
    qos.getSubcommands().values().forEach(Qos::showOptionsInOrder);
    return qos.setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }

  /** What matters most is declared first; the synopsis of all options is no help to anybody. */
  private static void showOptionsInOrder(CommandLine command) {
    command.getCommandSpec().usageMessage().sortOptions(false).abbreviateSynopsis(true);
    command.getSubcommands().values().forEach(Qos::showOptionsInOrder);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Qos.class.getPackage().getImplementationVersion();
      return new String[] {"qos " + (version == null ? "(not from a jar)" : version)};
    }
  }

  /** Makes the commands: each takes the terminal in its constructor. */
  private record Parts(Terminal terminal) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      for (var constructor : type.getDeclaredConstructors()) {
        if (constructor.getParameterCount() == 1
            && constructor.getParameterTypes()[0] == Terminal.class) {
          return type.cast(constructor.newInstance(terminal));
        }
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}
