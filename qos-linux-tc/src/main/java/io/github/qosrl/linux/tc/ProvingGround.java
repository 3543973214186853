package io.github.qosrl.linux.tc;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A temporary interface that carries no traffic, to find out what the kernel can do. */
final class ProvingGround implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProvingGround.class);

  private final Host host;
  private final String device;

  private ProvingGround(Host host, String device) {
    this.host = host;
    this.device = device;
  }

  /**
   * Makes it.
   *
   * @param name its name; one that a crash left behind is replaced
   * @throws HostException if no interface can be made: no permission, or no such kinds of interface
   */
  static ProvingGround make(Kernel kernel, String name) throws HostException, InterruptedException {
    Host host = kernel.host();
    ProvingGround ground = new ProvingGround(host, name);
    if (Device.find(host, name).isPresent()) {
      ground.close();
    }
    HostException last = null;
    for (String type : List.of("ifb", "dummy", "veth")) {
      try {
        host.run(Command.of("ip", "link", "add", "name", name, "type", type)).orThrow();
        return ground;
      } catch (HostException e) {
        last = e;
        if (e.kind() == HostException.Kind.NOT_PERMITTED) {
          break;
        }
      }
    }
    throw last == null ? new HostException(HostException.Kind.FAILED, "no interface made") : last;
  }

  String device() {
    return device;
  }

  @Override
  public void close() {
    try {
      host.run(Command.of("ip", "link", "del", "dev", device)).orThrow();
    } catch (HostException e) {
      LOG.warn("the temporary interface {} is left over: {}", device, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
