package io.github.qosrl.core.contract;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Tells at the end of a run what was skipped, and what it needs. Surefire only counts, and does not
 * even count the tests of a class that is skipped as a whole. The platform finds it by itself.
 */
public final class SkippedTests implements TestExecutionListener {
  private final Map<String, Set<String>> classesByReason = new TreeMap<>();

  /** For {@link java.util.ServiceLoader}. */
  public SkippedTests() {}

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      String reason = result.getThrowable().map(Throwable::getMessage).orElse("no reason is given");
      classesByReason.computeIfAbsent(inShort(reason), r -> new TreeSet<>()).add(className(test));
    }
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan plan) {
    classesByReason.forEach(
        (reason, classes) ->
            System.out.println("Skipped " + String.join(", ", classes) + ": " + reason));
    classesByReason.clear();
  }

  /** Without what JUnit and {@link Needs} put before it. */
  private static String inShort(String reason) {
    return reason
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^(Assumption failed: )?(skipped: )?", "");
  }

  private static String className(TestIdentifier test) {
    String name =
        test.getSource()
            .map(
                source ->
                    source instanceof MethodSource method
                        ? method.getClassName()
                        : source instanceof ClassSource whole ? whole.getClassName() : null)
            .orElse(test.getDisplayName());
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
