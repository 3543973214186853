package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.host.HostProcess;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A controller in a JVM of its own, ended in every way; and one with as few rights as possible. */
@TestInstance(Lifecycle.PER_CLASS)
class SuddenEndIT {
  private static final String NOBODY = "65534";

  /** What of the class path the victim uses. */
  private static final List<String> NEEDED =
      List.of("classes", "qos-linux-tc", "qos-core", "jackson", "guava", "slf4j", "commons-exec");

  @TempDir private Path classes;
  @TempDir private Path disk;
  private RouterLab lab;
  private String before = "";

  @BeforeAll
  void setUp() throws Exception {
    lab = RouterLab.start();
    before = lab.configured();
  }

  @AfterAll
  void tearDown() {
    if (lab != null) {
      lab.close();
    }
  }

  @ParameterizedTest(name = "signal {0}, download on {1}")
  @CsvSource({"KILL, lan", "KILL, ifb-wan", "TERM, lan", "INT, ifb-wan"})
  void whateverEndsTheJvmTheLinkIsRestored(String signal, String download) throws Exception {
    try (HostProcess victim = start(List.of(), System.getProperty("java.class.path"), download)) {
      assertReady(victim);
      assertTrue(lab.configured().contains("htb 905: root"));
      RouterLab.run(lab.router, "kill -s " + signal + " " + victim.pid());
      awaitRestored();
    }
  }

  @Test
  void theCapabilityNetAdminIsEnough() throws Exception {
    try (HostProcess victim =
        start(
            unprivileged("--inh-caps=-all,+net_admin", "--ambient-caps=+net_admin"),
            copy(),
            "lan")) {
      assertReady(victim);
      assertTrue(lab.configured().contains("htb 905: root"));
      RouterLab.run(lab.router, "kill -s KILL " + victim.pid());
      awaitRestored();
    }
  }

  @Test
  void withoutItThereIsOneClearLine() throws Exception {
    try (HostProcess victim = start(unprivileged(), copy(), "lan")) {
      String line = Victim.line(victim);
      assertTrue(line.startsWith("failed: "), line);
      assertTrue(line.contains("needs root, or the capability CAP_NET_ADMIN"), line);
    }
    assertEquals(before, lab.configured());
  }

  @Test
  void aFullDiskIsNoObstacle() throws Exception {
    String full =
        "mount -t tmpfs -o size=4k none $0 && ! head -c 1M /dev/zero >$0/full 2>/dev/null"
            + " && cd $0 && TMPDIR=$0 JDK_JAVA_OPTIONS=-Djava.io.tmpdir=$0 exec \"$@\"";
    List<String> prefix =
        List.of("unshare", "--mount", "sh", "-c", full, disk.toAbsolutePath().toString());
    try (HostProcess victim = start(prefix, System.getProperty("java.class.path"), "ifb-wan")) {
      assertReady(victim);
      RouterLab.run(lab.router, "kill -s KILL " + victim.pid());
      awaitRestored();
    }
  }

  private static List<String> unprivileged(String... capabilities) {
    List<String> argv =
        new ArrayList<>(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    argv.addAll(List.of(capabilities));
    return argv;
  }

  private HostProcess start(List<String> prefix, String classPath, String download)
      throws Exception {
    return Victim.start(lab.router, prefix, classPath, download);
  }

  private static void assertReady(HostProcess victim) throws Exception {
    String line = Victim.line(victim);
    assertTrue(line.startsWith("ready"), line);
  }

  private void awaitRestored() throws Exception {
    // The guard takes less than a second; how much of it a busy machine gives it is another matter.
    for (int i = 0; i < 300 && !lab.configured().equals(before); i++) {
      Thread.sleep(100);
    }
    assertEquals(before, lab.configured());
  }

  /** The class path itself, where the build hands it over wrapped in a jar. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** The class path, where a user without rights can read it. */
  private String copy() throws Exception {
    Files.setPosixFilePermissions(classes, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> copies = new ArrayList<>();
    for (String entry : classPath().split(File.pathSeparator, -1)) {
      if (NEEDED.stream().noneMatch(entry::contains)) {
        continue;
      }
      Path target = classes.resolve(Integer.toString(copies.size()));
      RouterLab.run(lab.router, "cp -r " + entry + " " + target);
      copies.add(target.toString());
    }
    return copies.stream().collect(Collectors.joining(File.pathSeparator));
  }
}
