package io.github.qosrl.examples.cli;

import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.LinkInUseException;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.policy.PolicyException;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.rl.MissingBackendException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one line for the user and a documented exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Terminal terminal;
  private final boolean debug;

  /**
   * @param debug whether to show stack traces
   */
  Failures(Terminal terminal, boolean debug) {
    this.terminal = terminal;
    this.debug = debug;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return report(e, command.getCommand()).code();
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    terminal.error(messageOf(e).replaceFirst("is not an? (int|long)$", "is not a whole number"));
    CommandLine command = e.getCommandLine();
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr())) {
      terminal.noteRaw("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.USAGE.code();
  }

  /** Tells the user, and says how the process should end. */
  ExitCode report(Throwable failure, Object command) {
    if (debug) {
      failure.printStackTrace();
    }
    ExitCode code = codeOf(failure);
    String message =
        switch (code) {
          case INTERNAL -> internal(failure);
          case INTERRUPTED -> interrupted(command);
          default -> messageOf(failure);
        };
    terminal.error(message);
    return code;
  }

  private static String interrupted(Object command) {
    return command instanceof LeavesBehind c
        ? "interrupted; " + c.afterInterruption()
        : "interrupted";
  }

  private static String internal(Throwable failure) {
    return "internal error: " + failure + "\nSet QOS_DEBUG=1 to see where, and please report it.";
  }

  /** The exit code that a failure stands for. */
  static ExitCode codeOf(Throwable failure) {
    if (failure instanceof UsageException || failure instanceof ConfigurationException) {
      return ExitCode.USAGE;
    }
    if (failure instanceof PolicyException || failure instanceof InputFileException) {
      return ExitCode.USAGE;
    }
    if (failure instanceof LinkInUseException) {
      return ExitCode.IN_USE;
    }
    if (failure instanceof InterruptedException) {
      return ExitCode.INTERRUPTED;
    }
    if (failure instanceof QosException
        || failure instanceof IOException
        || failure instanceof UncheckedIOException
        || failure instanceof MissingBackendException) {
      return ExitCode.ENVIRONMENT;
    }
    return ExitCode.INTERNAL;
  }

  /** One line for a person. The JDK's file exceptions carry only the path as their message. */
  static String messageOf(Throwable failure) {
    Throwable cause =
        failure instanceof UncheckedIOException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof NoSuchFileException missing) {
      return "there is no file or directory '" + missing.getFile() + "'";
    }
    if (cause instanceof AccessDeniedException denied) {
      return "no permission to use '" + denied.getFile() + "'";
    }
    if (cause instanceof FileSystemException file && file.getReason() != null) {
      return "'" + file.getFile() + "': " + file.getReason();
    }
    String message = cause.getMessage();
    return message == null ? cause.toString() : message;
  }
}
