package io.github.qosrl.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code examples/qos} builds what is not built, and nothing else. */
final class QosScriptTest {
  private static final List<String> MODULES =
      List.of("qos-core", "qos-rl", "qos-linux-tc", "qos-probes", "examples");

  @TempDir private Path root = Path.of("");
  @TempDir private Path tools = Path.of("");

  /** A checkout as {@code mvn verify} leaves it. */
  @BeforeEach
  void buildByMavenAlone() throws Exception {
    write(root.resolve("pom.xml"), "");
    for (String module : MODULES) {
      write(root.resolve(module + "/pom.xml"), "");
      write(root.resolve(module + "/src/main/java/A.java"), "");
      write(root.resolve(module + "/target/classes/A.class"), "");
      write(seen(module), "A.java");
      write(jar(module), "");
    }
    age(root, 9000);
    for (String module : MODULES) {
      age(seen(module), 8000);
      age(root.resolve(module + "/target/classes"), 7000);
      age(jar(module), 6000);
    }
    Files.copy(Path.of("qos").toAbsolutePath(), root.resolve("examples/qos"));
    program("java", "echo \"ran ${@: -1}\"");
    program("javac", "");
    program("mvn", "echo 'maven builds' >&2");
  }

  @Test
  void whatMavenHasBuiltIsNotBuiltAgain() throws Exception {
    CommandResult first = run();
    assertEquals("ran --version\n", first.stdout());
    assertFalse(first.stderr().contains("maven builds"), first.stderr());
    assertTrue(Files.exists(root.resolve("examples/target/qos.built")));
    assertFalse(run().stderr().contains("maven builds"));
  }

  @Test
  void aSourceThatMavenHasNotSeenIsBuiltOnce() throws Exception {
    age(root.resolve("qos-rl/src/main/java/A.java"), 100);
    assertTrue(run().stderr().contains("maven builds"));
    assertFalse(run().stderr().contains("maven builds"));
  }

  @Test
  void aSourceThatWasRemovedIsBuilt() throws Exception {
    Files.delete(root.resolve("qos-core/src/main/java/A.java"));
    assertTrue(run().stderr().contains("maven builds"));
  }

  @Test
  void whatWasCompiledAndNotPackedIsBuilt() throws Exception {
    age(seen("qos-probes"), 200);
    age(root.resolve("qos-probes/target/classes/A.class"), 100);
    assertTrue(run().stderr().contains("maven builds"));
  }

  @Test
  void whatWasPackedForAnotherPomIsBuilt() throws Exception {
    age(root.resolve("examples/pom.xml"), 100);
    assertTrue(run().stderr().contains("maven builds"));
  }

  @Test
  void withoutJarsAllIsBuilt() throws Exception {
    Files.delete(jar("examples"));
    assertTrue(run().stderr().contains("maven builds"));
  }

  private CommandResult run() throws Exception {
    String path = "PATH=" + tools + ":" + System.getenv("PATH");
    Command command =
        Command.of("env", "-u", "JAVA_HOME", path, root.resolve("examples/qos") + "", "--version");
    try (Host local = Hosts.local()) {
      return local.run(command).orThrow();
    }
  }

  private Path seen(String module) {
    String lists = "/target/maven-status/maven-compiler-plugin/compile/default-compile/";
    return root.resolve(module + lists + "inputFiles.lst");
  }

  private Path jar(String module) {
    String folder = module.equals("examples") ? "examples/target/" : "examples/target/lib/";
    return root.resolve(folder + module + "-0.1.0-SNAPSHOT.jar");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Everything there was last changed so many seconds before a day in the past. */
  private static void age(Path top, long seconds) throws IOException {
    FileTime time = FileTime.from(Instant.parse("2026-01-01T00:00:00Z").minusSeconds(seconds));
    try (Stream<Path> all = Files.walk(top)) {
      all.forEach(
          path -> {
            try {
              Files.setLastModifiedTime(path, time);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private void program(String name, String body) throws IOException {
    Path file = Files.writeString(tools.resolve(name), "#!/bin/bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
