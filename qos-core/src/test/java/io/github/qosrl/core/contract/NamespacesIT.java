package io.github.qosrl.core.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class NamespacesIT {
  @Test
  void areThereUntilTheyAreClosedAndTakeThePlaceOfLeftovers() throws Exception {
    Path one = Path.of("/run/netns/contract-one");
    Path two = Path.of("/run/netns/contract-two");
    Namespaces forgotten = Namespaces.make("contract-one");
    try (Namespaces namespaces = Namespaces.make("contract-one", "contract-two")) {
      assertTrue(Files.exists(one));
      assertTrue(Files.exists(two));
    }
    assertFalse(Files.exists(one));
    assertFalse(Files.exists(two));
    forgotten.close();
  }
}
