package io.github.qosrl.linux.tc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The qdiscs and classes of one interface.
 *
 * @param qdiscs all of them, the root's first
 * @param classes the HTB classes
 */
record InterfaceState(List<QdiscState> qdiscs, List<ClassState> classes) {

  InterfaceState {
    qdiscs = List.copyOf(qdiscs);
    classes = List.copyOf(classes);
  }

  Optional<QdiscState> root() {
    return qdiscs.stream().filter(QdiscState::isRoot).findFirst();
  }

  Optional<QdiscState> ingress() {
    return qdiscs.stream().filter(QdiscState::isIngress).findFirst();
  }

  /** The classes by their id. */
  Map<String, ClassState> classesById() {
    Map<String, ClassState> byId = new HashMap<>();
    classes.forEach(c -> byId.put(c.id(), c));
    return byId;
  }
}
