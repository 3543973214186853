package io.github.qosrl.probes.flows;

import io.github.qosrl.probes.packet.IpHeader;
import org.jspecify.annotations.Nullable;

/**
 * The flows that are known, by their addresses and ports: at most {@value #MOST}, of which the one
 * that has been idle for longest makes room for a new one. Open addressing with linear probing;
 * flows that are forgotten are used again, so that memory is flat. Not thread-safe.
 */
final class FlowTable {
  /** As many as may be known. */
  static final int MOST = 4096;

  private static final int SLOTS = 4 * MOST;
  private static final int MASK = SLOTS - 1;

  private final @Nullable Flow[] slots = new @Nullable Flow[SLOTS];
  private final int[] hashes = new int[SLOTS];
  private @Nullable Flow newest;
  private @Nullable Flow oldest;
  private @Nullable Flow free;
  private int size;

  /** Who is told that a flow is forgotten. */
  interface Forgotten {
    void forgotten(Flow flow);
  }

  private final Forgotten forgotten;

  FlowTable(Forgotten forgotten) {
    this.forgotten = forgotten;
  }

  int size() {
    return size;
  }

  /**
   * The flow that a packet belongs to, which becomes the one used last; a new one if it is none of
   * those known.
   *
   * @param sent whether its source is the local end
   */
  Flow of(IpHeader ip, boolean sent, long time) {
    int local = sent ? ip.sourceAt() : ip.destinationAt();
    int remote = sent ? ip.destinationAt() : ip.sourceAt();
    boolean v4 = ip.version() == 4;
    long localHigh = v4 ? 0 : ip.int64(local);
    long localLow = v4 ? ip.int32(local) : ip.int64(local + 8);
    long remoteHigh = v4 ? 0 : ip.int64(remote);
    long remoteLow = v4 ? ip.int32(remote) : ip.int64(remote + 8);
    int both = ip.int32(ip.transportAt());
    int ports = sent ? both : Integer.rotateLeft(both, 16);
    int hash = hash(localHigh, localLow, remoteHigh, remoteLow, ports);
    int slot = hash & MASK;
    for (Flow flow = slots[slot]; flow != null; flow = slots[slot]) {
      if (hashes[slot] == hash
          && flow.ports == ports
          && flow.remoteLow == remoteLow
          && flow.localLow == localLow
          && flow.remoteHigh == remoteHigh
          && flow.localHigh == localHigh
          && flow.version == ip.version()) {
        use(flow, time);
        return flow;
      }
      slot = slot + 1 & MASK;
    }
    Flow flow = fresh();
    flow.hash = hash;
    flow.version = ip.version();
    flow.ports = ports;
    flow.localHigh = localHigh;
    flow.localLow = localLow;
    flow.remoteHigh = remoteHigh;
    flow.remoteLow = remoteLow;
    insert(flow);
    link(flow, time);
    return flow;
  }

  private static int hash(long a, long b, long c, long d, int ports) {
    long h = (a ^ Long.rotateLeft(c, 32)) * 0x9E3779B97F4A7C15L;
    h = (h ^ b ^ Long.rotateLeft(d, 32)) * 0xC2B2AE3D27D4EB4FL;
    h = (h ^ h >>> 29 ^ ports) * 0x165667B19E3779F9L;
    return (int) (h >>> 32);
  }

  /** An unused flow; if all are in use, the one that has been idle for longest. */
  private Flow fresh() {
    Flow last = oldest;
    if (size >= MOST && last != null) {
      forget(last);
    }
    Flow flow = free;
    if (flow == null) {
      flow = new Flow();
    } else {
      free = flow.older;
    }
    flow.clear();
    return flow;
  }

  private void insert(Flow flow) {
    int slot = flow.hash & MASK;
    while (slots[slot] != null) {
      slot = slot + 1 & MASK;
    }
    slots[slot] = flow;
    hashes[slot] = flow.hash;
    size++;
  }

  /** Forgets the flows that have been idle since then. */
  void forgetIdleSince(long time) {
    Flow last = oldest;
    while (last != null && last.lastSeen < time) {
      forget(last);
      last = oldest;
    }
  }

  private void forget(Flow flow) {
    forgotten.forgotten(flow);
    unlink(flow);
    remove(flow);
    size--;
    flow.older = free;
    free = flow;
  }

  /** Moves up what would not be found any more behind the gap (Knuth, 6.4, algorithm R). */
  private void remove(Flow flow) {
    int gap = flow.hash & MASK;
    while (slots[gap] != flow) {
      gap = gap + 1 & MASK;
    }
    int slot = gap;
    while (true) {
      slot = slot + 1 & MASK;
      Flow next = slots[slot];
      if (next == null) {
        break;
      }
      int home = next.hash & MASK;
      if ((slot - home & MASK) >= (slot - gap & MASK)) {
        slots[gap] = next;
        hashes[gap] = next.hash;
        gap = slot;
      }
    }
    slots[gap] = null;
  }

  private void use(Flow flow, long time) {
    flow.lastSeen = time;
    if (flow != newest) {
      unlink(flow);
      link(flow, time);
    }
  }

  private void link(Flow flow, long time) {
    flow.lastSeen = time;
    flow.newer = null;
    flow.older = newest;
    if (newest != null) {
      newest.newer = flow;
    }
    newest = flow;
    if (oldest == null) {
      oldest = flow;
    }
  }

  private void unlink(Flow flow) {
    Flow newer = flow.newer;
    Flow older = flow.older;
    if (newer == null) {
      newest = older;
    } else {
      newer.older = older;
    }
    if (older == null) {
      oldest = newer;
    } else {
      older.newer = newer;
    }
  }
}
