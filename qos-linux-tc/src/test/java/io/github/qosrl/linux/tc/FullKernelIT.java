package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.contract.UmlKernel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** CAKE, fq_codel and netem, on a kernel that has them. */
@TestInstance(Lifecycle.PER_CLASS)
class FullKernelIT {
  private static final List<String> MODULES =
      List.of(
          "crc-ccitt",
          "ipv6",
          "sch_cake",
          "sch_fq_codel",
          "sch_htb",
          "sch_tbf",
          "sch_netem",
          "sch_ingress",
          "cls_u32",
          "act_mirred",
          "ifb",
          "veth");

  private final Map<String, String> findings = new HashMap<>();
  private String output = "";

  @BeforeAll
  void boot() throws Exception {
    UmlKernel.needed();
    String java = System.getProperty("java.home") + "/bin/java -Xshare:auto -Xmx256m";
    String command =
        "%s -XX:TieredStopAtLevel=1 -cp '%s' %s"
            .formatted(java, System.getProperty("java.class.path"), FullKernel.class.getName());
    output = UmlKernel.run(MODULES, command, Duration.ofMinutes(12));
    output
        .lines()
        .filter(line -> line.matches("[a-z.-]+_?[a-z.-]*=.*"))
        .forEach(
            line -> {
              String[] parts = line.split("=", 2);
              findings.put(parts[0], parts[1]);
            });
    assertEquals("true", findings.get("done"), output);
    assertEquals(null, findings.get("failure"), output);
  }

  private void assertFound(String name, String value) {
    assertEquals(value, findings.get(name), () -> name + " in\n" + output);
  }

  private void assertNearOne(String name) {
    double reached = Double.parseDouble(findings.getOrDefault(name, "0"));
    assertTrue(reached > 0.9 && reached < 1.05, () -> name + " in\n" + output);
  }

  @Test
  void cakeShapesBothDirectionsAndGoes() {
    assertFound("cake.kinds", "cake,ingress,cake");
    assertAll(() -> assertNearOne("cake.upload"), () -> assertNearOne("cake.download"));
    assertFound("cake.restored", "true");
  }

  @Test
  void htbOverFqCodelShapesBothDirectionsAndGoes() {
    assertFound("htb-fq-codel.kinds", "htb,fq_codel,ingress,htb,fq_codel");
    assertAll(
        () -> assertNearOne("htb-fq-codel.upload"), () -> assertNearOne("htb-fq-codel.download"));
    assertFound("htb-fq-codel.restored", "true");
  }

  @Test
  void autoChoosesCakeWhereThereIsCake() {
    assertFound("auto.kinds", "cake,ingress,cake");
    assertFound("auto.restored", "true");
  }

  @Test
  void bothKeepTheContractOfShapers() {
    String all = Integer.toString(FullKernelContract.tests().size());
    for (String kind : List.of("cake", "htb-fq-codel")) {
      assertFound(kind + ".broken", "[]");
      assertFound(kind + ".kept", all);
    }
  }

  @Test
  void cakesTinsAreCountedByDscp() {
    assertFound("tins.voice", "5");
    assertFound("tins.bulk", "5");
  }

  @Test
  void cakeLosesNothingWhenItsRateChanges() {
    assertFound("changes.lost", "0");
    assertFound("changes.counted", "true");
  }

  @Test
  void strangersOfAllKindsArePutBackAsTheyWere() {
    assertFound("replaced.fq_codel", "true");
    assertFound("replaced.cake", "true");
    assertFound("replaced.netem", "true");
  }
}
