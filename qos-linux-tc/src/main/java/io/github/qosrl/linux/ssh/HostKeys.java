package io.github.qosrl.linux.ssh;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.signature.Signature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whether who answers is the router: its key must be in the file of known hosts. */
final class HostKeys implements ServerKeyVerifier {
  private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);
  private static final int SSH_PORT = 22;

  private final SshOptions options;
  private volatile String problem = "";

  HostKeys(SshOptions options) {
    this.options = options;
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
    if (!options.checksHostKey()) {
      LOG.warn("{} shows the key {}, which is not checked", options.target(), shown(key));
      return true;
    }
    KnownHostsServerKeyVerifier file =
        new KnownHostsServerKeyVerifier(this::isUnknown, options.knownHosts());
    file.setModifiedServerKeyAcceptor((s, a, entry, expected, actual) -> isChanged(actual));
    return file.verifyServerKey(session, address, key);
  }

  private boolean isUnknown(ClientSession session, SocketAddress address, PublicKey key) {
    problem =
        ("the key of %s, %s, is not in %s; to fix: compare it with the router's own, then"
                + " ssh-keyscan%s %s >> %s")
            .formatted(
                options.target(),
                shown(key),
                options.knownHosts(),
                options.port() == 0 ? "" : " -p " + options.port(),
                options.router(),
                options.knownHosts());
    return false;
  }

  private boolean isChanged(PublicKey key) {
    problem =
        ("the key of %s is now %s, another one than in %s: either it was set up anew, or somebody"
                + " else answers; if you know that it was, to fix: ssh-keygen -f %s -R %s")
            .formatted(
                options.target(),
                shown(key),
                options.knownHosts(),
                options.knownHosts(),
                options.port() == 0 || options.port() == SSH_PORT
                    ? options.router()
                    : "'[" + options.router() + "]:" + options.port() + "'");
    return false;
  }

  private static String shown(PublicKey key) {
    return KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key);
  }

  void forgetProblem() {
    problem = "";
  }

  /** Why the last key was refused; empty if it was not. */
  String problem() {
    return problem;
  }

  /**
   * Algorithms for which the file has a key of the router come first: a server has keys of several
   * kinds, and shows the first kind that it is asked for.
   */
  List<NamedFactory<Signature>> knownFirst(List<NamedFactory<Signature>> algorithms) {
    Set<String> types = knownTypes();
    List<NamedFactory<Signature>> sorted = new ArrayList<>(algorithms);
    sorted.sort(
        Comparator.comparing(
            a -> !types.contains(String.valueOf(KeyUtils.getCanonicalKeyType(a.getName())))));
    return sorted;
  }

  private Set<String> knownTypes() {
    Set<String> types = new HashSet<>();
    if (!Files.isReadable(options.knownHosts())) {
      return types;
    }
    try {
      for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(options.knownHosts())) {
        if (entry.isHostMatch(options.router(), options.port() == 0 ? SSH_PORT : options.port())) {
          types.add(entry.getKeyEntry().getKeyType());
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} is not understood: {}", options.knownHosts(), e.getMessage());
    }
    return types;
  }
}
