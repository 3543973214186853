package io.github.qosrl.examples.lab;

import io.github.qosrl.core.host.Command;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How Debian's user-mode Linux is booted on this machine's own files, to run one program as its
 * only user: a shell script as process 1 mounts, loads modules, runs it and powers off.
 */
final class UserModeKernel {
  static final String PROGRAM = "linux.uml";
  static final Path MODULES = Path.of("/usr/lib/uml/modules");

  private static final long MEMORY_MEBIBYTES = 1024;
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /**
   * Runs its arguments as a program for which ptrace(2) knows no NT_X86_XSTATE (0x202): a
   * seccomp(2) filter answers EIO. The kernel in user mode then keeps the registers that FXSAVE
   * knows. Its buffer for all others, 2,696 bytes, is too short where the processor has AMX, and
   * the host refuses it with EFAULT. Perl is on every Debian.
   */
  private static final String WITHOUT_EXTENDED_STATE =
      """
      my $filter = pack 'SCCL' x 9,
        0x20, 0, 0, 4,            # the architecture
        0x15, 0, 6, 0xC000003E,   # x86-64?
        0x20, 0, 0, 0,            # the system call
        0x15, 0, 4, 101,          # ptrace?
        0x20, 0, 0, 32,           # its third argument
        0x15, 0, 2, 0x202,        # the extended state?
        0x06, 0, 0, 0x00050005,   # fail with EIO
        0x06, 0, 0, 0x7fff0000,   # else pass
        0x06, 0, 0, 0x7fff0000;
      my $program = pack 'Sx6P', 9, $filter;
      syscall(157, 38, 1, 0, 0, 0) == 0 or die "PR_SET_NO_NEW_PRIVS: $!";
      syscall(157, 22, 2, $program) == 0 or die "PR_SET_SECCOMP: $!";
      exec @ARGV or die "$ARGV[0]: $!";
      """;

  /** Registers that FXSAVE does not know would mix between the threads of a process. */
  private static final String NARROW_REGISTERS =
      """
      export GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX,-AVX2,-AVX512F,-AVX512VL,-AVX512BW,-AVX_Fast_Unaligned_Load
      export JAVA_TOOL_OPTIONS=-XX:UseAVX=0
      """;

  private static final String INIT =
      """
      #!/bin/sh
      export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C
      %smount -t proc proc /proc
      mount -t sysfs sys /sys
      mount -t tmpfs run /run
      for module in %s; do
        insmod $(find %s -name $module.ko | head -n 1)
      done 2>/dev/null
      ip link set lo up
      cd %s
      %s </dev/null 2>%s
      poweroff -f
      """;

  private UserModeKernel() {}

  /**
   * Prepares a boot.
   *
   * @param directory of its own, where it may leave things
   * @param urgently what goes before a command to have it scheduled before others
   * @param modules to load, by file name without suffix, in the order of their needs; those that
   *     are built in are passed over
   * @param argv what to run there; standard output comes out on this kernel's own
   * @param errors where standard error goes
   * @return the command that boots, and ends when the program has ended
   */
  static Command prepare(
      Path directory, List<String> urgently, List<String> modules, List<String> argv, Path errors)
      throws IOException {
    boolean large = hasLargeState();
    Path init = directory.resolve("init");
    String here = Path.of("").toAbsolutePath().toString();
    Files.writeString(
        init,
        INIT.formatted(
            large ? NARROW_REGISTERS : "",
            String.join(" ", modules),
            MODULES,
            quoted(here),
            argv.stream().map(UserModeKernel::quoted).collect(Collectors.joining(" ")),
            quoted(errors.toString())));
    Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwx------"));
    List<String> boot = new ArrayList<>(urgently);
    boot.addAll(List.of("env", "HOME=" + directory));
    boot.add("TMPDIR=" + (isRoomy(SHARED_MEMORY) ? SHARED_MEMORY : directory));
    if (large) {
      Path wrapper = directory.resolve("without-extended-state");
      Files.writeString(wrapper, WITHOUT_EXTENDED_STATE);
      boot.addAll(List.of("perl", wrapper.toString()));
    }
    boot.addAll(List.of(PROGRAM, "mem=" + MEMORY_MEBIBYTES + "M", "root=/dev/root"));
    boot.addAll(List.of("rootfstype=hostfs", "hostfs=/", "rw", "init=" + init, "quiet"));
    boot.addAll(List.of("con=null", "con0=fd:0,fd:1", "uml_dir=" + directory));
    return Command.of(boot);
  }

  /** Whether the processor's registers are more than the kernel has room for. */
  private static boolean hasLargeState() throws IOException {
    return Files.readString(PROCESSORS).contains(" amx_tile");
  }

  /** Whether the kernel's memory can be a file there: in memory, and not on a disk. */
  private static boolean isRoomy(Path folder) throws IOException {
    if (!Files.isWritable(folder)) {
      return false;
    }
    FileStore store = Files.getFileStore(folder);
    return store.type().equals("tmpfs") && store.getUsableSpace() > 2 * (MEMORY_MEBIBYTES << 20);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
