package io.github.qosrl.linux.tc;

import io.github.qosrl.core.BitRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hierarchical token bucket (tc-htb(8)): one class carries the limit; a leaf below it, or one
 * below each traffic class, holds the queue.
 *
 * <p>The default class is never removed while the root stands: without it, HTB sends unclassified
 * packets unshaped.
 *
 * @param classes the traffic classes; empty if all traffic shares the limit
 * @param leaf the queue at the end of each branch
 */
record HtbDiscipline(TrafficClasses classes, Leaf leaf) implements Discipline {
  private static final String TOP = Discipline.HANDLE + "1";

  @Override
  public String kind() {
    return "htb";
  }

  @Override
  public List<String> classNames() {
    return classes.names();
  }

  @Override
  public String claim(Device device, Limit limit) {
    String unclassified =
        classes.isEmpty() ? "1" : Integer.toHexString(TrafficClasses.minor(classes.fallback()));
    return "qdisc add dev %s root handle %s htb default %s"
        .formatted(device.name(), HANDLE, unclassified);
  }

  @Override
  public List<String> build(Device device, Limit limit) {
    List<String> commands = new ArrayList<>();
    for (Branch branch : branches(limit)) {
      commands.add("class add " + branch.parameters(device));
      if (branch.isLeaf()) {
        commands.add("qdisc add " + leafOf(branch, device));
      }
    }
    commands.addAll(classes.filters(device.name(), HANDLE));
    return commands;
  }

  @Override
  public List<String> set(Device device, Limit limit) {
    List<String> commands = new ArrayList<>();
    for (Branch branch : branches(limit)) {
      commands.add("class change " + branch.parameters(device));
      if (branch.isLeaf()) {
        commands.add("qdisc change " + leafOf(branch, device));
      }
    }
    return commands;
  }

  private String leafOf(Branch branch, Device device) {
    return "dev %s parent %s handle %s %s"
        .formatted(
            device.name(),
            branch.id(),
            branch.leafHandle(),
            leaf.parameters(branch.ceil(), device));
  }

  /** One HTB class: its place in the tree and its rates. */
  private record Branch(
      int minor, String parent, BitRate rate, BitRate ceil, int priority, boolean isLeaf) {

    String id() {
      return HANDLE + Integer.toHexString(minor);
    }

    String leafHandle() {
      return Integer.toHexString(0x1000 + minor) + ":";
    }

    String parameters(Device device) {
      return ("dev %s parent %s classid %s htb rate %dbit ceil %dbit burst %d cburst %d"
              + " prio %d quantum %d")
          .formatted(
              device.name(),
              parent,
              id(),
              rate.bitsPerSecond(),
              ceil.bitsPerSecond(),
              Sizes.burst(rate, device),
              Sizes.burst(ceil, device),
              priority,
              Sizes.quantum(rate, device));
    }
  }

  private List<Branch> branches(Limit limit) {
    List<Branch> branches = new ArrayList<>();
    branches.add(new Branch(1, HANDLE, limit.rate(), limit.rate(), 0, classes.isEmpty()));
    for (int i = 0; i < classes.all().size(); i++) {
      TrafficClass c = classes.all().get(i);
      double share = limit.shares().getOrDefault(c.name(), c.share());
      branches.add(
          new Branch(
              TrafficClasses.minor(i),
              TOP,
              Limit.of(limit.rate().times(share)).rate(),
              Limit.of(limit.rate().times(Math.max(share, c.ceiling()))).rate(),
              c.priority(),
              true));
    }
    return branches;
  }

  @Override
  public List<String> reads(String device) {
    return List.of(Discipline.showClasses(device), Discipline.showQdiscs(device));
  }

  @Override
  public Optional<String> difference(InterfaceState seen, Limit wanted) {
    Optional<String> root = Discipline.rootDifference(seen, kind());
    if (root.isPresent()) {
      return root;
    }
    Map<String, ClassState> byId = seen.classesById();
    for (Branch branch : branches(wanted)) {
      ClassState shown = byId.get(branch.id());
      if (shown == null) {
        return Optional.of("its class " + branch.id() + " is gone");
      }
      if (!Discipline.same(shown.rate(), branch.rate())
          || !Discipline.same(shown.ceiling(), branch.ceil())) {
        return Optional.of(
            "its class %s has rate %s, ceiling %s"
                .formatted(
                    branch.id(),
                    BitRate.ofBitsPerSecond(shown.rate()),
                    BitRate.ofBitsPerSecond(shown.ceiling())));
      }
    }
    return Optional.empty();
  }
}
