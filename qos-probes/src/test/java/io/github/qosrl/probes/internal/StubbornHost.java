package io.github.qosrl.probes.internal;

import io.github.qosrl.core.contract.ForwardingHost;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.util.concurrent.CountDownLatch;

/** A host whose processes do not end when they are told to, until the host is closed. */
final class StubbornHost extends ForwardingHost {
  private final CountDownLatch end = new CountDownLatch(1);

  StubbornHost(Host host) {
    super(host);
  }

  @Override
  public HostProcess start(Command command) throws HostException {
    return new Stubborn(super.start(command));
  }

  @Override
  public void close() {
    end.countDown();
  }

  private final class Stubborn extends ForwardingHost.Process {
    Stubborn(HostProcess process) {
      super(process);
    }

    @Override
    public void close() {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      super.close();
    }
  }
}
