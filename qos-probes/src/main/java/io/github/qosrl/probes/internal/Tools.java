package io.github.qosrl.probes.internal;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.spi.Availability;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/** Whether a program is there, by asking it for its version. */
public final class Tools {
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private Tools() {}

  /**
   * Runs the version command.
   *
   * @param install the command that would install the program
   * @param right whether what it printed is what is needed
   */
  public static Availability availability(
      Host host, String install, Predicate<String> right, String... versionCommand) {
    return judged(
        host,
        install,
        printed -> {
          String first = printed.lines().findFirst().orElse("prints no version");
          return right.test(printed)
              ? Availability.yes(first)
              : Availability.no(
                  versionCommand[0] + " is another program than needed: " + first, install);
        },
        versionCommand);
  }

  /**
   * Runs the version command.
   *
   * @param install what to do if the program is missing
   * @param judge says what is to be made of what it printed
   */
  public static Availability judged(
      Host host, String install, Function<String, Availability> judge, String... versionCommand) {
    String program = versionCommand[0];
    try {
      CommandResult result = host.run(Command.of(versionCommand).within(LONGEST));
      return judge.apply((result.stdout() + result.stderr()).strip());
    } catch (HostException e) {
      boolean missing = e.kind() == HostException.Kind.NOT_INSTALLED;
      return Availability.no(
          missing ? program + " is not installed" : String.valueOf(e.getMessage()),
          missing ? install : "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Availability.no("interrupted while asking " + program + " for its version", "");
    }
  }
}
