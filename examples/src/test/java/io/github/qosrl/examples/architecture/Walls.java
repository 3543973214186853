package io.github.qosrl.examples.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the rules are made of. */
final class Walls {
  /** Libraries that must not show: our users shall not depend on their versions. */
  private static final List<String> HIDDEN =
      List.of(
          "org.nd4j.",
          "org.bytedeco.",
          "com.fasterxml.jackson.",
          "org.apache.commons.exec.",
          "org.apache.sshd.",
          "com.google.common.");

  private Walls() {}

  /** Leaves the test-jar of the contracts out. */
  static final class WithoutTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  /** No public or protected signature names a class of a library that must not show. */
  static ArchCondition<JavaClass> showNoForeignTypes() {
    return new ArchCondition<>("show no ND4J, Jackson, Commons Exec, Guava or MINA type") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Set<JavaClass> shown = new HashSet<>();
        type.getSuperclass().ifPresent(s -> shown.addAll(s.getAllInvolvedRawTypes()));
        type.getInterfaces().forEach(i -> shown.addAll(i.getAllInvolvedRawTypes()));
        type.getMembers().stream().filter(Walls::visible).forEach(m -> shown.addAll(types(m)));
        for (JavaClass other : shown) {
          if (HIDDEN.stream().anyMatch(other.getName()::startsWith)) {
            events.add(
                SimpleConditionEvent.violated(type, type.getName() + " shows " + other.getName()));
          }
        }
      }
    };
  }

  private static boolean visible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Set<JavaClass> types(JavaMember member) {
    Set<JavaClass> types = new HashSet<>();
    if (member instanceof JavaField field) {
      types.addAll(field.getType().getAllInvolvedRawTypes());
    } else if (member instanceof JavaCodeUnit code) {
      types.addAll(code.getReturnType().getAllInvolvedRawTypes());
      code.getParameterTypes().forEach(p -> types.addAll(p.getAllInvolvedRawTypes()));
      types.addAll(code.getExceptionTypes());
    }
    return types;
  }

  /** Reachable for users: public, and within public classes only. */
  static DescribedPredicate<JavaClass> partOfTheApi() {
    return new DescribedPredicate<>("part of the API") {
      @Override
      public boolean test(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
            && type.getEnclosingClass().map(this::test).orElse(true)
            && !type.getPackageName().startsWith("io.github.qosrl.examples");
      }
    };
  }

  /** The classes of {@code java.time} that tell the present moment. */
  static DescribedPredicate<JavaClass> wallClock() {
    Set<String> clocks =
        Set.of(
            Instant.class.getName(),
            LocalDate.class.getName(),
            LocalDateTime.class.getName(),
            LocalTime.class.getName(),
            OffsetDateTime.class.getName(),
            ZonedDateTime.class.getName());
    return DescribedPredicate.describe("wall clock", type -> clocks.contains(type.getName()));
  }

  /** Every package lives in one module. */
  static ArchCondition<JavaClass> liveInTheOnlyModuleOfTheirPackage() {
    return new ArchCondition<>("live in the only module that has their package") {
      private final Map<String, Set<String>> modules = new HashMap<>();

      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String source =
            type.getSource().map(s -> s.getUri().toString()).orElse("").replace('\\', '/');
        int end = source.lastIndexOf(type.getPackageName().replace('.', '/'));
        Set<String> seen = modules.computeIfAbsent(type.getPackageName(), p -> new TreeSet<>());
        if (end >= 0 && seen.add(source.substring(0, end)) && seen.size() > 1) {
          String message = "package " + type.getPackageName() + " is split over " + seen;
          events.add(SimpleConditionEvent.violated(type, message));
        }
      }
    };
  }
}
