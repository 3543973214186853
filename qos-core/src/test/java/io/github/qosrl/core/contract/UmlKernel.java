package io.github.qosrl.core.contract;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.Hosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A full Linux kernel in user mode, on this machine's own files: for tests that need qdiscs which
 * the running kernel lacks, such as netem and CAKE. Boots in a few seconds and needs no privilege;
 * has one CPU, no network but its own, and what runs in it runs as root of that kernel.
 */
public final class UmlKernel {
  private static final Duration BOOT = Duration.ofSeconds(60);

  /**
   * Starts its arguments as a program for which ptrace(2) has no PTRACE_GETREGSET (0x4204): a
   * seccomp(2) filter answers EIO. User-mode Linux then saves and restores the registers that
   * FXSAVE knows. Otherwise it would restore the extended state from a buffer of 2,696 bytes, which
   * the host refuses with EFAULT where that state is larger: on processors with AMX.
   */
  private static final String WITHOUT_EXTENDED_STATE =
      """
      my $filter = pack('SCCL' x 6,
        0x20, 0, 0, 0,            # the system call's number
        0x15, 0, 3, 101,          # is it ptrace?
        0x20, 0, 0, 16,           # its first argument
        0x15, 0, 1, 0x4204,       # is it PTRACE_GETREGSET?
        0x06, 0, 0, 0x00050005,   # fail with EIO
        0x06, 0, 0, 0x7fff0000);  # let it pass
      my $program = pack('Sx6P', 6, $filter);
      syscall(157, 38, 1, 0, 0, 0) == 0 or die "PR_SET_NO_NEW_PRIVS: $!";
      syscall(157, 22, 2, $program) == 0 or die "PR_SET_SECCOMP: $!";
      exec @ARGV or die "$ARGV[0]: $!";
      """;

  /** Registers that FXSAVE does not know would mix between the threads of a process. */
  private static final String NARROW_REGISTERS =
      """
      export GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX_Fast_Unaligned_Load,-AVX,-AVX2,-AVX512F,-AVX512VL,-AVX512BW
      export JDK_JAVA_OPTIONS=-XX:UseAVX=0
      """;

  private UmlKernel() {}

  /** Skips the test unless Debian's package user-mode-linux is there. */
  public static void needed() throws InterruptedException {
    Needs.succeeds(
        Command.of("test", "-x", "/usr/bin/linux.uml"),
        "a kernel in user mode; on Debian: sudo apt-get install user-mode-linux");
  }

  /**
   * Boots, runs a script, and powers off.
   *
   * @param modules kernel modules to load, by file name without suffix: {@code sch_netem}
   * @param script what {@code sh -e} runs in there
   * @param time the longest that the script may take
   * @return what the script printed, on either stream; its last line is {@code exit code N}
   */
  public static String run(List<String> modules, String script, Duration time)
      throws IOException, HostException, InterruptedException {
    Path directory = Files.createTempDirectory("qos-uml-");
    try (Host host = Hosts.local()) {
      Path output = directory.resolve("output");
      Path body = directory.resolve("body");
      Path init = directory.resolve("init");
      Files.writeString(body, script);
      Files.writeString(init, init(modules, body, output));
      Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
      host.run(boot(directory, init).within(time.plus(BOOT)));
      return Files.exists(output) ? Files.readString(output) : "";
    } finally {
      delete(directory);
    }
  }

  private static Command boot(Path directory, Path init) throws IOException {
    List<String> argv = new ArrayList<>(List.of("env", "TMPDIR=" + directory, "HOME=" + directory));
    if (largeState()) {
      Path wrapper = directory.resolve("wrapper");
      Files.writeString(wrapper, WITHOUT_EXTENDED_STATE);
      argv.addAll(List.of("perl", wrapper.toString()));
    }
    Stream.of(
            "linux.uml",
            "mem=1G",
            "root=/dev/root",
            "rootfstype=hostfs",
            "hostfs=/",
            "rw",
            "init=" + init,
            "quiet",
            "con=null",
            "con0=fd:0,fd:1",
            "uml_dir=" + directory)
        .forEach(argv::add);
    return Command.of(argv);
  }

  /** Whether this processor's registers are more than user-mode Linux 6.1 has room for. */
  private static boolean largeState() throws IOException {
    return Files.readString(Path.of("/proc/cpuinfo")).contains(" amx_tile");
  }

  private static String init(List<String> modules, Path body, Path output) throws IOException {
    StringBuilder text = new StringBuilder("#!/bin/sh\n");
    text.append(largeState() ? NARROW_REGISTERS : "");
    text.append("export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C\n");
    text.append("mount -t proc proc /proc\nmount -t sysfs sys /sys\nmount -t tmpfs run /run\n");
    text.append("mkdir /run/netns\n");
    for (String module : modules) {
      text.append("insmod $(find /usr/lib/uml/modules -name ").append(module);
      text.append(".ko | head -n 1) >>").append(output).append(" 2>&1\n");
    }
    text.append("ip link set lo up\n");
    text.append("sh -e ").append(body).append(" >>").append(output).append(" 2>&1\n");
    text.append("echo exit code $? >>").append(output).append("\n");
    text.append("poweroff -f\n");
    return text.toString();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
