package io.github.qosrl.core.contract;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.core.host.Hosts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A real OpenSSH server on loopback, with keys of its own; what it runs can be in a network
 * namespace, which then looks like a router elsewhere. The way to it can be made to fail.
 */
public final class LoopbackSshd implements AutoCloseable {
  private static final int ATTEMPTS = 600;

  private final Host local = Hosts.local();
  private final Path directory;
  private final int port;
  private final HostProcess server;
  private final SilentRelay relay;

  private LoopbackSshd(Path directory, String inside) throws Exception {
    this.directory = directory;
    this.port = freePort();
    keys();
    Path config = directory.resolve("sshd_config");
    Files.writeString(config, config(inside));
    Files.createDirectories(Path.of("/run/sshd"));
    server = local.start(Command.of("/usr/sbin/sshd", "-D", "-e", "-f", config.toString()));
    relay = new SilentRelay(port);
    knownHosts("host");
    awaitDoor();
  }

  /**
   * Starts it, or skips the test with what is missing.
   *
   * @param directory for its keys and its configuration
   * @param namespace where it runs commands; empty for here
   */
  public static LoopbackSshd start(Path directory, String namespace) throws Exception {
    Needs.root();
    Needs.program("sshd");
    return new LoopbackSshd(
        directory, namespace.isEmpty() ? "" : "ip netns exec " + namespace + " ");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void keys() throws HostException, IOException, InterruptedException {
    makeKey("host");
    makeKey("user");
    makeKey("stranger");
    Files.copy(directory.resolve("user.pub"), directory.resolve("authorized_keys"));
  }

  private void makeKey(String name) throws HostException, InterruptedException {
    local
        .run(Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key(name).toString()))
        .orThrow();
  }

  private void knownHosts(String key) throws IOException {
    String shown = Files.readString(directory.resolve(key + ".pub"));
    Files.writeString(knownHosts(), "[127.0.0.1]:%d %s".formatted(relay.port(), shown));
  }

  private String config(String inside) {
    String force =
        inside.isEmpty() ? "" : "ForceCommand " + inside + "sh -c \"$SSH_ORIGINAL_COMMAND\"\n";
    return """
        Port %d
        ListenAddress 127.0.0.1
        HostKey %s
        PidFile none
        AuthorizedKeysFile %s
        StrictModes no
        UsePAM no
        PermitRootLogin prohibit-password
        PasswordAuthentication no
        LogLevel ERROR
        MaxStartups 100
        %s"""
        .formatted(port, key("host"), directory.resolve("authorized_keys"), force);
  }

  private void awaitDoor() throws InterruptedException {
    for (int i = 0; i < ATTEMPTS; i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return;
      } catch (IOException e) {
        if (!server.alive()) {
          throw new AssertionError("sshd ended: " + words());
        }
        Thread.sleep(50);
      }
    }
    throw new AssertionError("sshd does not listen");
  }

  private String words() {
    try {
      return new String(server.stderr().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** How users write it, with its own keys; what is appended to it counts more. */
  public String address() {
    // A busy machine may take its time.
    return "ssh://root@127.0.0.1:%d?identity=%s&known-hosts=%s&timeout=60s&patience=60s"
        .formatted(relay.port(), key("user"), knownHosts());
  }

  /** Where it listens. */
  public int port() {
    return relay.port();
  }

  /** A file with a private key: {@code user} may log in, {@code stranger} may not. */
  public Path key(String name) {
    return directory.resolve(name);
  }

  /** The file with the server's key. */
  public Path knownHosts() {
    return directory.resolve("known_hosts");
  }

  /** Has the file of known hosts name another key than the server's. */
  public void changeKnownKey() throws IOException {
    knownHosts("stranger");
  }

  /** Ends all connections, and both sides are told. */
  public void cut() throws IOException {
    relay.cut();
  }

  /** Ends all connections, and lets no other in. */
  public void refuse() throws IOException {
    relay.refuse();
  }

  /** Lets nothing pass any more, and tells neither side. */
  public void fallSilent() {
    relay.fallSilent();
  }

  /** Lets pass again. */
  public void resume() {
    relay.resume();
  }

  @Override
  public void close() throws IOException {
    relay.close();
    server.close();
    local.close();
  }
}
