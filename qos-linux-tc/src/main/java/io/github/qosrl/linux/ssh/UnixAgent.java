package io.github.qosrl.linux.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * The agent that holds the user's keys, behind its socket: it signs, and the keys never leave it.
 * (MINA's own needs a native library for such sockets; the JDK has them since 16.)
 */
final class UnixAgent extends AbstractAgentProxy {
  /** OpenSSH's agent refuses longer messages, too (ssh-agent.c, AGENT_MAX_LEN). */
  private static final int LONGEST = 256 * 1024;

  private final SocketChannel socket;

  private UnixAgent(String path) throws IOException {
    super(null);
    socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
  }

  @Override
  protected synchronized Buffer request(Buffer buffer) throws IOException {
    ByteBuffer question = ByteBuffer.wrap(buffer.array(), buffer.rpos(), buffer.available());
    while (question.hasRemaining()) {
      socket.write(question);
    }
    int length = read(Integer.BYTES).getInt();
    if (length <= 0 || length > LONGEST) {
      throw new IOException("the SSH agent answers with " + length + " bytes");
    }
    return new ByteArrayBuffer(read(length).array());
  }

  private ByteBuffer read(int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (socket.read(bytes) < 0) {
        throw new EOFException("the SSH agent ended the conversation");
      }
    }
    return bytes.flip();
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    super.close();
  }

  /** Asks the agent at a socket; offers none to the other side. */
  static final class Factory implements SshAgentFactory {
    private final String path;

    Factory(String path) {
      this.path = path;
    }

    @Override
    public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
      return new UnixAgent(path);
    }

    @Override
    public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
      return List.of();
    }

    @Override
    public SshAgentServer createServer(ConnectionService service) throws IOException {
      throw new IOException("the agent is not forwarded");
    }
  }
}
