package io.github.qosrl.linux.ssh;

import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/** Makes MINA's client as a router's controller needs it. */
final class SshClients {
  /** Signs of life that may go unanswered: with them, silence is noticed within the patience. */
  private static final int BEATS = 5;

  private SshClients() {}

  static SshClient make(SshOptions options, @Nullable String agent, HostKeys hostKeys) {
    // Before any other class of MINA's looks for the algorithm.
    JdkEd25519.register();
    SshClient client = SshClient.setUpDefaultClient();
    client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    client.setServerKeyVerifier(hostKeys);
    if (options.identities().isEmpty()) {
      if (agent != null && !agent.isEmpty()) {
        client.setAgentFactory(new UnixAgent.Factory(agent));
      }
    } else {
      client.setKeyIdentityProvider(new FileKeyPairProvider(options.identities()));
    }
    CoreModuleProperties.IO_CONNECT_TIMEOUT.set(client, options.timeout());
    CoreModuleProperties.AUTH_TIMEOUT.set(client, options.timeout());
    CoreModuleProperties.TCP_NODELAY.set(client, true);
    // What is quiet is not finished: only a server that does not answer is gone.
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, options.patience().dividedBy(BEATS));
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, BEATS);
    return client;
  }
}
