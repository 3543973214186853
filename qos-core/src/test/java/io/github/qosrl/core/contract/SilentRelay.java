package io.github.qosrl.core.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes TCP connections on, and can fail as networks do: with an end that both sides are told, or
 * without a word, so that each side goes on believing in the other.
 */
final class SilentRelay implements AutoCloseable {
  private final SocketAddress target;
  private final ServerSocket door;
  private final List<Socket> sockets = new ArrayList<>();
  private boolean silent;
  private boolean refusing;

  SilentRelay(int port) throws IOException {
    target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread(this::welcome);
  }

  int port() {
    return door.getLocalPort();
  }

  private static void thread(Runnable task) {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void welcome() {
    try {
      while (true) {
        Socket near = door.accept();
        if (isRefusing()) {
          near.close();
          continue;
        }
        Socket far = new Socket();
        far.connect(target);
        remember(near, far);
        thread(() -> pass(near, far));
        thread(() -> pass(far, near));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private synchronized void remember(Socket near, Socket far) {
    sockets.add(near);
    sockets.add(far);
  }

  private void pass(Socket from, Socket to) {
    byte[] chunk = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        awaitSound();
        out.write(chunk, 0, n);
      }
      awaitSound();
    } catch (IOException e) {
      // One side is gone; closing tells the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void awaitSound() throws InterruptedException {
    while (silent) {
      wait();
    }
  }

  /** Passes nothing on any more, not even the end of a connection. */
  synchronized void fallSilent() {
    silent = true;
  }

  /** Ends all connections, and lets no other in. */
  synchronized void refuse() throws IOException {
    refusing = true;
    cut();
  }

  private synchronized boolean isRefusing() {
    return refusing;
  }

  /** Passes on again, and what was held back, too. */
  synchronized void resume() {
    silent = false;
    refusing = false;
    notifyAll();
  }

  /** Ends all connections, and says so. */
  synchronized void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    door.close();
    resume();
    cut();
  }
}
