package io.github.qosrl.linux.tc;

import io.github.qosrl.core.contract.Needs;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * A second, fuller kernel: Debian's user-mode Linux, booted on this machine's own root file system
 * as an ordinary process. It needs neither root nor KVM.
 */
final class UmlKernel {
  private static final String START =
      """
      #!/bin/sh
      export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
      mount -t proc proc /proc
      mount -t sysfs sysfs /sys
      mount -t tmpfs tmpfs /run
      mkdir -p /run/netns
      exec >%1$s 2>&1 </dev/null
      for module in crc-ccitt ipv6 sch_cake sch_fq_codel sch_htb sch_tbf sch_netem sch_ingress cls_u32 act_mirred \
          ifb veth; do
        insmod $(find /usr/lib/uml/modules -name $module.ko)
      done
      %2$s
      echo o >/proc/sysrq-trigger
      sleep 60
      """;

  private UmlKernel() {}

  /** Runs a shell command in there and returns what it prints; or skips the test. */
  static String run(Path directory, String command, Duration timeout) throws Exception {
    Needs.program("linux.uml");
    Needs.program("insmod");
    Path script = directory.resolve("init");
    Path output = directory.resolve("output");
    Files.writeString(script, START.formatted(output, command));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    Command boot =
        Command.of(
                List.of(
                    "linux.uml",
                    "mem=1G",
                    "root=/dev/root",
                    "rootfstype=hostfs",
                    "hostfs=/",
                    "rw",
                    "init=" + script,
                    "quiet",
                    "con=null",
                    "con0=null",
                    "umid=qos-" + ProcessHandle.current().pid()))
            .within(timeout);
    try (Host host = Hosts.local()) {
      host.run(boot);
    }
    return Files.readString(output);
  }
}
