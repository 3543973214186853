package io.github.qosrl.examples.lab;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.examples.doctor.KernelTrial;
import java.util.List;
import java.util.Optional;

/**
 * Which kernel a laboratory runs in.
 *
 * @param userMode whether one in user mode is booted for it; else it runs in the present one
 * @param reason why, in words
 */
public record LabKernel(boolean userMode, String reason) {
  /** What the choice can be. */
  public static final List<String> NAMES = List.of("auto", "host", "uml");

  private static final List<String> WANTED = List.of("cake", "netem");

  /**
   * Chooses.
   *
   * @param name one of {@link #NAMES}: {@code auto} takes the present kernel if it has all that is
   *     wanted and this user may use it, else one in user mode if that can be had, else what is
   *     there
   * @throws QosException if the laboratory can run nowhere, or not where it should: says why
   */
  public static LabKernel choose(Host local, String name)
      throws QosException, InterruptedException {
    if (name.equals("uml")) {
      require(UserModeLab.missing(local));
      return new LabKernel(true, "--kernel uml asks for it");
    }
    Optional<String> missing = LabNetwork.missing(local);
    if (name.equals("host")) {
      require(missing);
      return new LabKernel(false, "--kernel host asks for this kernel");
    }
    List<String> lacking = missing.isPresent() ? List.of() : KernelTrial.lacking(local, WANTED);
    if (missing.isEmpty() && lacking.isEmpty()) {
      return new LabKernel(false, "it has all that is needed");
    }
    String reason = missing.orElse("this kernel lacks " + String.join(" and ", lacking));
    Optional<String> noUserMode = UserModeLab.missing(local);
    if (noUserMode.isEmpty()) {
      return new LabKernel(true, reason);
    }
    require(missing.map(m -> m + "; or else " + noUserMode.get()));
    return new LabKernel(false, reason + "; " + noUserMode.get());
  }

  private static void require(Optional<String> missing) throws QosException {
    if (missing.isPresent()) {
      throw new QosException(missing.get());
    }
  }
}
