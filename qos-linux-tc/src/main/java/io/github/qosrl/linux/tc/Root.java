package io.github.qosrl.linux.tc;

import io.github.qosrl.core.LinkInUseException;
import io.github.qosrl.core.ShaperException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The root of one interface: whose it is, and how it was before. Not thread-safe.
 *
 * <p>Three things may be found there: what the kernel puts there by itself, which is free to take;
 * what a controller of ours left behind when it was killed together with its guard; and the qdisc
 * of a stranger.
 */
final class Root {
  private static final Logger LOG = LoggerFactory.getLogger(Root.class);

  private final String device;
  private final Kernel kernel;
  private final boolean replace;
  private @Nullable Stranger stranger;
  private boolean strangerPresent;
  private boolean leftover;
  private int knownIndex;

  /**
   * @param replace whether to take a stranger's place, and give it back later
   */
  Root(String device, Kernel kernel, boolean replace) {
    this.device = device;
    this.kernel = kernel;
    this.replace = replace;
  }

  /** Finds out whose it is; fails if it is a stranger's to be left alone. Changes nothing. */
  void inspect() throws ShaperException, TcException, InterruptedException {
    QdiscState root = kernel.state(device).root().filter(QdiscState::isConfigured).orElse(null);
    leftover = root != null && root.handle().equals(Discipline.HANDLE);
    strangerPresent = root != null && !leftover;
    int index = kernel.device(device).index();
    if (index != knownIndex) {
      // Another interface of the same name: what stood on the old one does not belong here.
      stranger = null;
      knownIndex = index;
    }
    if (root == null || leftover) {
      return;
    }
    if (!replace) {
      throw new LinkInUseException(
          ("on %s, %s has a root qdisc that somebody else put there: %s %s; remove it with"
                  + " 'tc qdisc del dev %s root', or set 'replace' (qos: --replace) to have it put"
                  + " back afterwards")
              .formatted(
                  kernel.host().name(),
                  device,
                  root,
                  Stranger.shownParameters(kernel, device),
                  device));
    }
    stranger = Stranger.record(kernel, device, root);
  }

  /** Takes note that there is no such interface yet. */
  void nothingThere() {
    leftover = false;
    strangerPresent = false;
    stranger = null;
  }

  /** The commands that free the root, as it was inspected. */
  List<String> clearing() {
    return leftover
        ? List.of(Discipline.release(device))
        : strangerPresent ? List.of("qdisc del dev " + device + " root") : List.of();
  }

  /** Frees the root. */
  void clear() throws ShaperException, TcException, InterruptedException {
    if (leftover) {
      LOG.info("{} still has a root of ours; starting from nothing", device);
    }
    List<String> commands = clearing();
    if (!commands.isEmpty()) {
      kernel.demand(commands);
    }
  }

  /** The commands, with the word {@code tc}, that put the root back as it was found. */
  List<String> undo() {
    List<String> commands = new ArrayList<>();
    commands.add("tc " + Discipline.release(device));
    if (stranger != null) {
      commands.add("tc " + stranger.restore(device));
    }
    return commands;
  }

  /**
   * Puts the root back as it was found. An interface that is gone, and a root that is no longer
   * ours, are left alone.
   */
  void putBack() throws ShaperException, TcException, InterruptedException {
    if (Device.find(kernel.host(), device).isEmpty()) {
      return;
    }
    TcReply reply = kernel.send(List.of(Discipline.release(device), Discipline.showQdiscs(device)));
    QdiscState root =
        kernel.understood(reply, device).root().filter(QdiscState::isConfigured).orElse(null);
    if (root != null && root.handle().equals(Discipline.HANDLE)) {
      throw kernel.complaint(reply, 0);
    }
    if (root == null && stranger != null) {
      kernel.demand(List.of(stranger.restore(device)));
      stranger = null;
    }
  }
}
